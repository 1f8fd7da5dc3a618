// Suggestions over the input: "/" the commands bots have registered, "@" people.
import { personRow } from "./avatar.js";
import { $, fill, h } from "./dom.js";
import { inLanguage, t } from "./i18n.js";
import { byPresence, matches } from "./presence.js";
import { state } from "./store.js";

const most = 8; // suggestions shown

let offered = []; // { insert, from, row, exact }
let chosen = 0;
let apply = () => {};

// startSuggest shows suggestions for what stands before the caret; insert(from, text) puts a choice into the input.
export function startSuggest(insert) {
  apply = insert;
  $("suggest").addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps the focus
}

export function suggest(before) {
  offered = commandsFor(before) ?? peopleFor(before) ?? [];
  chosen = 0;
  draw();
}

export function hideSuggestions() {
  offered = [];
  draw();
}

// suggestKey handles a key while suggestions are open; true when it was one of theirs.
export function suggestKey(event) {
  if (offered.length === 0) return false;
  if (event.key === "Escape") hideSuggestions();
  else if (event.key === "ArrowDown") move(1);
  else if (event.key === "ArrowUp") move(-1);
  else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !offered[chosen].exact)) take(chosen);
  else return false;
  event.preventDefault();
  return true;
}

function move(step) {
  chosen = (chosen + step + offered.length) % offered.length;
  draw();
}

function take(index) {
  const { from, insert } = offered[index];
  hideSuggestions();
  apply(from, insert);
}

function commandsFor(before) {
  const m = /(?:^|\n)\/([^\s/]*)$/.exec(before);
  if (!m) return null;
  const found = state.commands.filter((c) => c.name.startsWith(m[1])).slice(0, most);
  return found.map((c) => ({
    from: before.length - m[1].length - 1,
    insert: `/${c.name} `,
    exact: c.name === m[1], // typed in full: Enter sends
    row: [h("code", {}, `/${c.name}`), h("span.params", {}, inLanguage(c.params)), h("span.detail", {}, inLanguage(c.title))],
  }));
}

function peopleFor(before) {
  const m = /(?:^|[\s(])@([^\n@]{0,60})$/u.exec(before);
  if (!m || /^\s/.test(m[1])) return null;
  const people = [...state.people.values()].filter((p) => p.active && matches(p, m[1]) && labelOf(p) !== m[1].trim());
  return people.sort(byPresence).slice(0, most).map((p) => ({
    from: before.length - m[1].length - 1,
    insert: `@${labelOf(p)} `,
    row: personRow(p),
  }));
}

function draw() {
  const open = offered.length > 0;
  const list = $("suggest");
  list.hidden = !open;
  $("input").setAttribute("aria-expanded", String(open));
  fill(list, offered.map((item, index) => h("div.option", {
    role: "option", id: `option-${index}`, "aria-selected": String(index === chosen), onclick: () => take(index),
  }, item.row)));
  list.setAttribute("aria-label", t(offered[0]?.insert.startsWith("/") ? "commands" : "mentions"));
  if (open) $("input").setAttribute("aria-activedescendant", `option-${chosen}`);
  else $("input").removeAttribute("aria-activedescendant");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
}

// labelOf is how a person is written after "@": the name, with the id where two share it.
export function labelOf(person) {
  const shared = [...state.people.values()].some((p) => p.id !== person.id && p.name === person.name);
  return shared ? `${person.name} (${person.id})` : person.name;
}

// withMentions turns "@Name" into the mention the portal knows, longest name first.
export function withMentions(text) {
  const labels = new Map([...state.people.values()].map((p) => [labelOf(p), p]));
  const names = [...labels.keys()].filter(Boolean).sort((a, b) => b.length - a.length).map(RegExp.escape ?? escapeRegExp);
  if (names.length === 0) return text;
  const mention = new RegExp(`@(${names.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  return text.replace(mention, (_, label) => `[USER=${labels.get(label).id}]${labels.get(label).name}[/USER]`);
}

const escapeRegExp = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
