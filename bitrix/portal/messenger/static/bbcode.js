// BB-code of Bitrix24 messages, text in, a tree out. Tags are case-insensitive; what is not a known,
// properly closed tag stays the text it was. bbview.js turns the tree into nodes of the page.
//
// A node of the tree is a string or { tag, arg, raw, children }: arg is what follows the tag's name
// ("5" of [user=5], "small" of [img size=small] is "size=small"), raw the tag as written.

const paired = new Set(["b", "i", "u", "s", "size", "color", "url", "user", "chat", "context", "put", "send", "call"]);
const literal = new Set(["code", "img"]); // nothing inside is a tag
const single = new Set(["br", "timestamp", "icon", "disk"]);
const needArgument = new Set(["size", "color", "user", "chat", "context", "timestamp", "icon", "disk"]);

// Deeper nesting than any message needs stays text: it bounds the work a hostile message can ask for.
const maxDepth = 32;

// One choice after the name, so that an unclosed bracket costs linear time.
const tagPattern = /\[(\/?)([a-z]+)(=[^[\]]*|\s[^[\]]*)?\]/gi;

// parse reads inline tags.
export function parse(text) {
  const root = { children: [] };
  const open = [root];
  let at = 0;
  tagPattern.lastIndex = 0;
  const say = (piece) => piece && open.at(-1).children.push(piece);
  for (let m; (m = nextTag(text, at)); ) {
    say(text.slice(at, m.index));
    at = m.index + m[0].length;
    if (m.closing) close(open, m);
    else if (single.has(m.name)) say(node(m));
    else if (literal.has(m.name)) at = verbatim(text, at, m, say);
    else if (open.length <= maxDepth) open.push(node(m));
    else say(m[0]);
  }
  say(text.slice(at));
  while (open.length > 1) unwrap(open);
  return root.children;
}

function nextTag(text, at) {
  tagPattern.lastIndex = at;
  for (let m; (m = tagPattern.exec(text)); ) {
    m.name = m[2].toLowerCase();
    m.closing = m[1] === "/";
    if (isTag(m)) return m;
  }
  return null;
}

function isTag({ name, closing, 3: arg }) {
  if (closing) return paired.has(name) && !arg;
  if (needArgument.has(name) && !arg) return false;
  return paired.has(name) || literal.has(name) || single.has(name);
}

const node = (m) => ({ tag: m.name, arg: (m[3] ?? "").replace(/^=/, "").trim(), raw: m[0], children: [] });

// close ends the nearest open tag of that name; tags left open inside it become text.
function close(open, m) {
  const found = open.findLastIndex((n) => n.tag === m.name);
  if (found < 0) {
    open.at(-1).children.push(m[0]);
    return;
  }
  while (open.length - 1 > found) unwrap(open);
  const done = open.pop();
  open.at(-1).children.push(done);
}

function unwrap(open) {
  const { raw, children } = open.pop();
  const into = open.at(-1).children;
  into.push(raw);
  for (const child of children) into.push(child);
}

function verbatim(text, at, m, say) {
  const closing = new RegExp(`\\[/${m.name}\\]`, "gi");
  closing.lastIndex = at;
  const end = closing.exec(text);
  if (!end) {
    say(m[0]);
    return at;
  }
  say({ ...node(m), children: [text.slice(at, end.index)] });
  return end.index + end[0].length;
}

const isRule = (line) => /^-{54,}$/.test(line.trim());

// blocks splits a message into paragraphs of text and quotes: lines that start with ">>", and what stands
// between two lines of 54 hyphens. Inside [code] both are ordinary text.
export function blocks(text) {
  const lines = text.replaceAll("\r", "").split("\n");
  const found = [];
  for (let i = 0, inCode = false; i < lines.length; i++) {
    const line = lines[i];
    const end = !inCode && isRule(line) ? lines.findIndex((l, j) => j > i && isRule(l)) : -1;
    if (end > i) {
      found.push({ quote: true, lines: lines.slice(i + 1, end), header: true });
      i = end;
    } else if (!inCode && line.startsWith(">>")) add(found, true, line.slice(2).trimStart());
    else add(found, false, line);
    inCode = codeAfter(line, inCode);
  }
  return found.map(({ quote, lines, header = false }) => ({ quote, header, text: lines.join("\n") }));
}

function add(found, quote, line) {
  const last = found.at(-1);
  if (last && last.quote === quote && !last.header) last.lines.push(line);
  else found.push({ quote, lines: [line] });
}

function codeAfter(line, inCode) {
  for (const [tag] of line.matchAll(/\[\/?code\]/gi)) inCode = tag[1] !== "/";
  return inCode;
}

// plain is a message without its tags, for previews and quotes; time(seconds, format) words a timestamp.
export function plain(text, time) {
  const word = (n) => {
    if (typeof n === "string") return n;
    if (n.tag === "timestamp") return time(n) ?? n.raw;
    if (n.tag === "br") return "\n";
    if (n.tag === "img" || n.tag === "icon" || n.tag === "disk") return "";
    return n.children.map(word).join("");
  };
  const spoken = blocks(text).filter((b) => !b.quote);
  return spoken.map((b) => parse(b.text).map(word).join("")).join("\n").trim();
}
