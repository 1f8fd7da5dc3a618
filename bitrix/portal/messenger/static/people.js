// The people panel: everybody with presence, searchable; and one person with what can happen to them.
import { personRow } from "./avatar.js";
import { $, fill, h, icon, reconcile } from "./dom.js";
import { language, t } from "./i18n.js";
import { personCard } from "./person.js";
import { byPresence, matches, presence } from "./presence.js";
import { on, state } from "./store.js";

const often = 30e3; // ms between redraws of "5 minutes ago"

let selected = 0; // the person shown, 0 is the list
let list, search, count;

// startPeople needs what a card can do: { ask(person), become(person), change(person, change) }.
export function startPeople(actions) {
  build();
  const draw = () => render(actions);
  on(["people", "me"], draw);
  setInterval(draw, often);
  search.addEventListener("input", draw);
  $("people").addEventListener("keydown", onKey);
  $("people").addEventListener("click", (event) => {
    const row = event.target.closest("[data-person]");
    if (row) select(Number(row.dataset.person), actions);
    else if (event.target.closest(".to-list")) select(0, actions);
  });
}

// select shows one person, or everybody (0).
export function select(id, actions) {
  const before = selected;
  selected = state.people.has(id) ? id : 0;
  render(actions);
  if (selected) $("people").querySelector(".ask")?.focus();
  else list.querySelector(`[data-person="${before}"]`)?.focus();
}

function build() {
  search = h("input", { type: "search", id: "people-search" });
  count = h("p.count", { "aria-live": "polite" });
  list = h("ul.people");
}

// relabel is for a change of language, which the fields outside the lists do not see.
function relabel() {
  search.placeholder = t("searchPeople");
  search.setAttribute("aria-label", t("searchPeople"));
}

function render(actions) {
  relabel();
  const person = state.people.get(selected);
  $("people").classList.toggle("one", Boolean(person));
  if (person) return renderCard(person, actions);
  if (!list.isConnected) fill($("people"), h("label.search", {}, icon("search"), search), count, list);
  const found = [...state.people.values()].filter((p) => matches(p, search.value)).sort(byPresence);
  count.textContent = found.length ? t("found", { n: found.length }) : t("nobody");
  reconcile(list, found, (p) => p.id, (p) => JSON.stringify([p, presence(p), language()]), row);
}

function row(person) {
  const button = h("button.person", { type: "button", title: presence(person).text }, personRow(person));
  button.dataset.person = person.id;
  if (!person.active) button.classList.add("gone");
  return h("li", {}, button);
}

// renderCard keeps the focus where it was: cards redraw whenever the person changes.
function renderCard(person, actions) {
  const focused = document.activeElement?.id;
  const top = $("people").scrollTop;
  fill($("people"), h("button.link.to-list", { type: "button" }, icon("back"), t("allPeople")), personCard(person, actions));
  $("people").scrollTop = top;
  if (focused) $("people").querySelector(`#${CSS.escape(focused)}`)?.focus();
}

function onKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || selected || event.target.type === "date") return;
  event.preventDefault();
  const stops = [search, ...list.querySelectorAll("button")];
  stops[stops.indexOf(document.activeElement) + step]?.focus();
}
