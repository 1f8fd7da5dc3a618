// Choosing who you are: Ctrl+K, type, Enter.
import { personRow } from "./avatar.js";
import { $, fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { byName, matches } from "./presence.js";
import { state } from "./store.js";

let found = [];
let chosen = 0;

// startWho opens on a click on "me"; become(id) sits down as that person.
export function startWho(become) {
  const close = () => $("who").close();
  $("me").addEventListener("click", () => openWho(become));
  $("who").addEventListener("click", (event) => event.target === $("who") && close());
}

export function openWho(become) {
  if ($("who").open) return;
  const input = h("input", {
    type: "search", id: "who-input", placeholder: t("searchPeople"), "aria-label": t("searchPeople"), role: "combobox",
    "aria-expanded": "true", "aria-controls": "who-list", "aria-autocomplete": "list",
    oninput: () => search(become), onkeydown: (event) => onKey(event, become),
  });
  fill($("who"), h("h2", { id: "who-title" }, t("switchPerson")), h("p", {}, t("switchHint")),
    h("label.search", {}, icon("search"), input), h("div", { id: "who-list", role: "listbox", "aria-label": t("people") }));
  search(become);
  $("who").showModal();
  input.focus();
}

function search(become) {
  const query = $("who-input").value;
  found = [...state.people.values()].filter((p) => !p.bot && p.active && matches(p, query)).sort(byName);
  chosen = query ? 0 : Math.max(0, found.findIndex((p) => p.id === state.me));
  draw(become);
}

function draw(become) {
  const rows = found.map((p, index) => h("div.option", {
    role: "option", id: `who-${p.id}`, "aria-selected": String(index === chosen), onclick: () => pick(p, become),
  }, personRow(p)));
  fill($("who-list"), rows.length ? rows : h("p.empty", {}, t("nobody")));
  $("who-input").setAttribute("aria-activedescendant", found[chosen] ? `who-${found[chosen].id}` : "");
  $("who-list").children[chosen]?.scrollIntoView({ block: "nearest" });
}

function onKey(event, become) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    chosen = Math.min(Math.max(chosen + step, 0), found.length - 1);
    draw(become);
  } else if (event.key === "Enter" && found[chosen]) {
    event.preventDefault();
    pick(found[chosen], become);
  }
}

function pick(person, become) {
  $("who").close();
  become(person.id);
}
