// The left side: who you are, and your chats with their last message and what is new.
import { avatar, avatarWithDot, groupAvatar } from "./avatar.js";
import { preview } from "./bbview.js";
import { $, fill, h, icon, reconcile } from "./dom.js";
import { clock, day, language, t } from "./i18n.js";
import { me, messagesOf, nameOf, on, openDialog, state, typist, unread } from "./store.js";

export function startChats(show) {
  on(["me", "people"], renderMe);
  on(["dialogs", "messages", "current", "people", "typing"], () => renderChats(show));
  $("chats").addEventListener("keydown", walk);
}

function renderMe() {
  const person = me();
  if (!person) return;
  fill($("me"), avatarWithDot(person),
    h("span.who", {}, h("span.name", {}, person.name), h("span.detail", {}, person.position)), icon("down"));
  $("me").setAttribute("aria-label", `${t("youAre")}: ${person.name}. ${t("switchPerson")}`);
}

function renderChats(show) {
  const rows = [...state.dialogs.values()].map(row).sort((a, b) => b.at - a.at);
  reconcile($("chats"), rows, (r) => r.dialog.id, (r) => JSON.stringify([r, language()]), (r) => chatItem(r, show));
  const waiting = rows.reduce((sum, r) => sum + r.fresh, 0);
  document.title = (waiting ? `(${waiting}) ` : "") + t("title");
}

// row is what a line of the list shows.
function row(dialog) {
  const last = messagesOf(dialog.id).filter((m) => !m.deleted).at(-1);
  const typing = typist(dialog.id);
  const at = last ? new Date(last.at).getTime() : 0;
  return {
    dialog: { id: dialog.id, title: titleOf(dialog), private: dialog.private },
    words: typing ? t("typing", { name: nameOf(typing) }) + "…" : lastWords(dialog, last),
    typing: Boolean(typing), at, time: at ? shortTime(new Date(at)) : "",
    fresh: unread(dialog.id), current: dialog.id === state.current,
  };
}

export const titleOf = (dialog) => (dialog.private && nameOf(dialog.id)) || dialog.title;

function lastWords(dialog, last) {
  if (!last) return t("noMessages");
  const words = preview(last.text).slice(0, 140);
  if (last.author === state.me) return `${t("you")}: ${words}`;
  return dialog.private || !last.author ? words : `${nameOf(last.author) ?? ""}: ${words}`;
}

const shortTime = (date) => (day(date) === t("today") ? clock(date) : day(date));

function chatItem(r, show) {
  const other = state.people.get(Number(r.dialog.id));
  return h("li", {}, h("button.chat", { type: "button", "aria-current": r.current ? "true" : null, onclick: () => show(r.dialog.id) },
    r.dialog.private && other ? avatar(other) : groupAvatar(),
    h("span.who", {},
      h("span.line", {}, h("span.name", {}, r.dialog.title), h("time", {}, r.time)),
      h("span.line", {}, h(r.typing ? "span.detail.typing" : "span.detail", {}, r.words), badge(r.fresh)))));
}

const badge = (count) => count > 0 && h("span.badge", { "aria-label": t("unread", { n: count }) }, count > 99 ? "99+" : String(count));

// walk moves between chats with the arrow keys.
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  buttons[buttons.indexOf(document.activeElement) + step]?.focus();
}

// nextChat opens the chat below (1) or above (-1) the open one.
export function nextChat(step) {
  const ids = [...state.dialogs.keys()];
  const next = ids[ids.indexOf(state.current) + step];
  if (next) openDialog(next);
}
