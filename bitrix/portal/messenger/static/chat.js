// The open chat: its title, the log, what to try first, and staying at the newest message.
import { avatar, groupAvatar } from "./avatar.js";
import { titleOf } from "./chats.js";
import { $, fill, h, reconcile } from "./dom.js";
import { language, t } from "./i18n.js";
import { line, lines } from "./message.js";
import { dialog, markRead, messagesOf, nameOf, on, state, typist } from "./store.js";
import { toast } from "./toast.js";
import { request, sayAgain } from "./ws.js";

const atBottom = 80; // px from the end that still count as reading the newest message
const pressing = 4e3; // ms a pressed button stays busy at most

let following = true; // the reader is at the newest message
let drawn = ""; // the dialog in the log

export function startChat(to) {
  on(["current", "messages", "people", "me"], () => render(to));
  on(["current", "dialogs", "typing", "people"], renderTitle);
  $("scroller").addEventListener("scroll", followIfAtEnd, { passive: true });
  $("newest").addEventListener("click", toEnd);
  document.addEventListener("visibilitychange", read);
  new ResizeObserver(() => following && toEnd()).observe($("scroller"));
}

function render(to) {
  const messages = messagesOf(state.current);
  if (drawn !== whose()) following = true;
  drawn = whose();
  const tools = { press, retry: sayAgain, byId: (id) => state.messages.get(state.current)?.get(id) };
  const pending = state.pending.filter((p) => p.dialog === state.current);
  const items = lines(messages, pending);
  reconcile($("log"), items, (i) => i.key, (i) => look(i, tools), (i) => line(i, to, tools));
  renderHello(messages, pending, to);
  read();
  if (following || pending.some((p) => !p.id)) toEnd();
  else $("newest").hidden = false;
}

const whose = () => `${state.me}:${state.current}`;

// look of a line changes with whatever it shows: the message, its place in a group, the one it replies to.
const look = (item, { byId }) => JSON.stringify([whose(), language(), item, item.m?.replyTo && byId(item.m.replyTo)]);

function read() {
  if (document.visibilityState === "visible" && state.current) markRead(state.current);
}

function followIfAtEnd() {
  const { scrollHeight, scrollTop, clientHeight } = $("scroller");
  following = scrollHeight - scrollTop - clientHeight < atBottom;
  if (following) $("newest").hidden = true;
}

function toEnd() {
  $("scroller").scrollTop = $("scroller").scrollHeight;
  $("newest").hidden = true;
}

function renderTitle() {
  const open = dialog();
  if (!open) return fill($("title"), h("span.who", {}, h("h1.name", {}, t("noBotYet"))));
  const other = open.private && state.people.get(Number(open.id));
  const typing = typist(open.id);
  const detail = other ? t(other.bot ? "bot" : "people") : t("members", { n: open.members?.length ?? 0 });
  const words = typing ? `${t("typing", { name: nameOf(typing) })}…` : (other?.position || detail);
  fill($("title"), other ? avatar(other) : groupAvatar(),
    h("span.who", {}, h("h1.name", {}, titleOf(open)), h(typing ? "span.detail.typing" : "span.detail", {}, words)));
  renderTyping(typing);
}

function renderTyping(typing) {
  const person = state.people.get(typing);
  $("typing").hidden = !person;
  if (!person) return;
  const dots = h("span.dots", { role: "img", "aria-label": t("typing", { name: person.name }) }, h("i"), h("i"), h("i"));
  fill($("typing"), avatar(person), h("span.bubble", {}, dots));
  if (following) toEnd();
}

const tries = [["/whois 5", "try1"], ["/whois", "try2"], ["/help", "try3"]];

// renderHello suggests what to try until the reader has written something here.
function renderHello(messages, pending, to) {
  const started = pending.length > 0 || messages.some((m) => m.author === state.me && !m.system);
  $("hello").hidden = started;
  if (started) return;
  const open = dialog();
  const bot = [...state.people.values()].find((p) => p.bot && open?.members?.includes(p.id));
  if (!open) return fill($("hello"), h("h2", {}, t("noBotYet")), h("p", {}, t("noBotHint")));
  fill($("hello"), bot && avatar(bot, "large"), h("h2", {}, t("helloTitle")),
    h("p", {}, t("helloText"), !open.private && ` ${t("helloGroup")}`),
    h("div.tries", {}, tries.map(([command, about]) =>
      h("button.try", { type: "button", onclick: () => to.send(command) }, h("code", {}, command), h("span", {}, t(about))))));
}

async function press(message, index, key) {
  key.classList.add("busy");
  const done = request({ type: "press", message: message.id, button: index });
  setTimeout(() => key.classList.remove("busy"), pressing);
  const { error } = await done;
  key.classList.remove("busy");
  if (error) toast(t("pressFailed"));
}

// jump shows a message and lights it up for a moment; false when it is not in this chat.
export function jump(id) {
  const node = $("log").querySelector(`[data-id="${CSS.escape(id)}"]`);
  if (!node) return false;
  following = false;
  node.scrollIntoView({ block: "center" });
  node.classList.remove("lit");
  requestAnimationFrame(() => node.classList.add("lit"));
  return true;
}
