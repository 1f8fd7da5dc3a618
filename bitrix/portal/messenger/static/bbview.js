// BB-code as the reader sees it: nodes of the page made from the tree of bbcode.js.
//
// `to` is what the page can do and knows: { user(id), chat(id), jump(context), put(text), send(text),
// call(number), nameOf(id), me }.
import { blocks, parse, plain } from "./bbcode.js";
import { h, icon, paint } from "./dom.js";
import { formatDate, t } from "./i18n.js";

// richText renders a message or a value of an attachment.
export function richText(text, to) {
  const fragment = document.createDocumentFragment();
  for (const block of blocks(text)) {
    const content = inline(parse(block.text), to);
    fragment.append(block.quote ? quote(block, content) : h("div.text", { dir: "auto" }, content));
  }
  return fragment;
}

const quote = (block, content) => h(block.header ? "blockquote.quoted" : "blockquote", { dir: "auto" }, content);

const inline = (tree, to) => tree.map((node) => (typeof node === "string" ? linked(node, to) : views[node.tag](node, to)));

// Inside a link or a button nothing else can be clicked.
const label = (node, to) => inline(node.children, { ...to, inert: true });

const wordsOf = (node) => node.children.map((c) => (typeof c === "string" ? c : wordsOf(c))).join("");

const wrap = (tag) => (node, to) => h(tag, {}, inline(node.children, to));

const views = {
  b: wrap("b"),
  i: wrap("i"),
  u: wrap("u"),
  s: wrap("s"),
  br: () => h("br"),
  code: (node) => code(node.children[0].replace(/^\n|\n$/g, "")),
  size: (node, to) => sized(h("span", {}, inline(node.children, to)), Number.parseInt(node.arg, 10)),
  color: (node, to) => paint(h("span", {}, inline(node.children, to)), "color", node.arg),
  url: (node, to) => link(node.arg || wordsOf(node), label(node, to), to) ?? asWritten(node, to),
  user: mention,
  chat: (node, to) => action("button.mention", () => to.chat(node.arg), label(node, to), to),
  context: (node, to) => action("button.link", () => to.jump(node.arg), label(node, to), to),
  send: (node, to) => action("button.link.send", () => to.send(node.arg || wordsOf(node)), label(node, to), to),
  put: (node, to) => action("button.link.put", () => to.put(node.arg || wordsOf(node)), label(node, to), to),
  call: (node, to) => action("button.link.call", () => to.call(node.arg || wordsOf(node)), [icon("phone"), label(node, to)], to),
  timestamp: (node) => moment(node) ?? node.raw,
  img: (node, to) => picture(node.children[0].trim(), to, node.arg),
  icon: (node, to) => smallIcon(node.arg, to),
  disk: (node) => h("span.chip", {}, icon("file"), t("file", { id: node.arg })),
};

const code = (text) => h(text.includes("\n") ? "code.block" : "code", { dir: "ltr" }, text);

const asWritten = (node, to) => h("span", {}, node.raw, inline(node.children, to), "[/url]");

// action is a word that can be clicked, or just the word where clicking makes no sense.
function action(spec, run, content, to) {
  if (to.inert) return h("span", {}, content);
  return h(spec, { type: "button", onclick: run }, content);
}

function mention(node, to) {
  const id = Number.parseInt(node.arg, 10);
  const name = wordsOf(node).trim() || to.nameOf(id) || node.arg;
  const mine = node.arg === "all" || id === to.me;
  if (!(id > 0)) return h("span.mention.mine", {}, name);
  return action(mine ? "button.mention.mine" : "button.mention", () => to.user(id), name, to);
}

function sized(node, size) {
  if (size >= 8 && size <= 30) node.style.fontSize = `${size / 16}em`;
  return node;
}

// The portal links bare addresses too.
const bareAddress = /https?:\/\/[^\s<>"[\]]+[^\s<>"[\].,;:!?)]/g;

function linked(text, to) {
  if (to.inert || !text.includes("://")) return text;
  const parts = [];
  let at = 0;
  for (const m of text.matchAll(bareAddress)) {
    parts.push(text.slice(at, m.index), link(m[0], m[0], to));
    at = m.index + m[0].length;
  }
  return [...parts, text.slice(at)];
}

// webAddress accepts http, https and a path of this portal; anything else (javascript:, data:) is null.
export function webAddress(written) {
  const url = URL.parse(written.trim(), location.origin);
  const ownPath = /^\/(?![/\\])/.test(written.trim());
  const absolute = /^https?:\/\//i.test(written.trim());
  return url && (ownPath || absolute) && /^https?:$/.test(url.protocol) ? url : null;
}

// link opens another page in a new tab that learns nothing of ours. Null: not an address to follow.
export function link(written, content, to) {
  const url = webAddress(written);
  if (!url) return null;
  if (to.inert) return h("span", {}, content);
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow", title: url.href }, content);
}

// picture loads pictures of this portal only: the page asks nothing of other hosts.
export function picture(written, to, size = "") {
  const url = webAddress(written);
  if (url && url.origin === location.origin) {
    const wanted = /size=(small|medium|large)/.exec(size)?.[1] ?? "medium";
    return h(`img.picture.${wanted}`, { src: url.href, alt: "", loading: "lazy" });
  }
  const words = [icon("image"), t("pictureBlocked")];
  return h("span.chip.blocked", { title: written }, url ? link(url.href, words, to) : words);
}

function smallIcon(arg, to) {
  const [address] = arg.split(/\s/);
  const title = /title=(.*)$/.exec(arg)?.[1] ?? "";
  const url = webAddress(address);
  if (url?.origin !== location.origin) return title;
  return h("img.inline-icon", { src: url.href, alt: title, title });
}

const days = { day: "numeric", month: "long" };
const time = { hour: "numeric", minute: "2-digit" };
const digits = { day: "2-digit", month: "2-digit", year: "numeric" };
const formats = {
  FORMAT_DATE: digits,
  FORMAT_DATETIME: { ...digits, ...time, second: "2-digit" },
  SHORT_DATE_FORMAT: { day: "numeric", month: "numeric", year: "numeric" },
  MEDIUM_DATE_FORMAT: { day: "numeric", month: "short", year: "numeric" },
  LONG_DATE_FORMAT: { ...days, year: "numeric" },
  DAY_MONTH_FORMAT: days,
  DAY_SHORT_MONTH_FORMAT: { day: "numeric", month: "short" },
  SHORT_DAY_OF_WEEK_MONTH_FORMAT: { weekday: "short", ...days },
  SHORT_DAY_OF_WEEK_SHORT_MONTH_FORMAT: { weekday: "short", day: "numeric", month: "short" },
  DAY_OF_WEEK_MONTH_FORMAT: { weekday: "long", ...days },
  FULL_DATE_FORMAT: { weekday: "long", ...days, year: "numeric" },
  SHORT_TIME_FORMAT: time,
  LONG_TIME_FORMAT: { ...time, second: "2-digit" },
};

// readStamp understands "1790000000 format=SHORT_TIME_FORMAT"; null when it is no moment a clock can show.
function readStamp({ arg }) {
  const m = /^(\d{1,12})(?:\s+format=(\w+))?$/i.exec(arg);
  if (!m) return null;
  return { date: new Date(m[1] * 1000), options: formats[m[2]?.toUpperCase()] ?? formats.FORMAT_DATETIME };
}

function moment(node) {
  const stamp = readStamp(node);
  if (!stamp) return null;
  const full = formatDate(stamp.date, { dateStyle: "full", timeStyle: "long" });
  return h("time", { datetime: stamp.date.toISOString(), title: full }, formatDate(stamp.date, stamp.options));
}

// preview is a message in one line of plain text.
export function preview(text) {
  const words = (node) => {
    const stamp = readStamp(node);
    return stamp && formatDate(stamp.date, stamp.options);
  };
  return plain(text, words).replace(/\s+/g, " ");
}
