// Puts the page together.
import { jump, startChat } from "./chat.js";
import { nextChat, startChats } from "./chats.js";
import { putText, sendText, startComposer } from "./composer.js";
import { $, icon } from "./dom.js";
import { startHood } from "./hood.js";
import { t, toggleLanguage, translate } from "./i18n.js";
import { closePanel, drawPanel, openPanel, panelCovers, showView, startPanel } from "./panel.js";
import { select, startPeople } from "./people.js";
import { changed, nameOf, on, openDialog, state } from "./store.js";
import { toast } from "./toast.js";
import { openWho, startWho } from "./who.js";
import { connect, onConnection, request } from "./ws.js";

const patience = 800; // ms without a connection before the reader is told

// to is what a message or a button in it can make the page do.
const to = {
  get me() {
    return state.me;
  },
  nameOf,
  user: showPerson,
  chat: (id) => showDialog(/^\d+$/.test(id) ? `chat${id}` : id),
  dialog: (id) => (state.people.get(Number(id)) && !state.dialogs.has(id) ? showPerson(Number(id)) : showDialog(id)),
  jump: (context) => jump(context.split("/").at(-1)) || toast(t("gone")),
  put: putText,
  send: sendText,
  call: (number) => toast(t("calling", { number })),
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast(t("copied")), () => toast(t("notCopied"))),
};

const actions = { ask, become, change };

function showDialog(id) {
  if (!openDialog(id)) return toast(t("noDialog"));
  showView("chat");
}

function showPerson(id) {
  openPanel("people");
  select(id, actions);
}

// ask puts the question to a bot: here if there is one, else in the first private chat.
function ask(person) {
  const here = state.dialogs.get(state.current)?.members ?? [];
  const withBot = here.some((id) => state.people.get(id)?.bot);
  if (!withBot) showDialog([...state.dialogs.values()].find((d) => d.private)?.id);
  showView("chat");
  if (panelCovers()) closePanel();
  sendText(`/whois ${person.id}`);
}

async function change(person, what) {
  const { error } = await request({ type: "change", person: person.id, change: what });
  if (error) toast(t("changeFailed"));
}

function become(id) {
  if (id !== state.me) connect(id);
}

// The address remembers who the reader is: /?as=5.
function rememberMe() {
  if (state.me) history.replaceState(null, "", `?as=${state.me}`);
}

function startBanner() {
  let timer = 0;
  onConnection((connected) => {
    clearTimeout(timer);
    if (connected) $("banner").hidden = true;
    else timer = setTimeout(showBanner, patience);
  });
}

function showBanner() {
  $("banner").textContent = t("lost");
  $("banner").hidden = false;
}

function switchLanguage() {
  toggleLanguage();
  translate();
  $("lang").textContent = t("otherLanguage");
  drawPanel();
  changed("me", "people", "dialogs", "messages", "current", "typing");
}

function onKey(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openWho(become);
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    nextChat(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape" && !event.defaultPrevented && !$("who").open) {
    if (panelCovers()) closePanel();
    $("input").focus();
  } else if (startsWriting(event)) {
    $("input").focus(); // before the character comes, so it is written there
  }
}

// startsWriting tells a letter typed while no field has the focus.
function startsWriting({ key, ctrlKey, metaKey, altKey, target }) {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey && !$("who").open && !target.matches("input, textarea, select");
}

for (const node of document.querySelectorAll("[data-icon]")) node.append(icon(node.dataset.icon));
translate();
$("lang").textContent = t("otherLanguage");
$("lang").addEventListener("click", switchLanguage);
document.addEventListener("keydown", onKey);
startHood();
startPanel();
startBanner();
startChats(showDialog);
startChat(to);
startComposer();
startPeople(actions);
startWho(become);
on(["me"], rememberMe);
connect(new URLSearchParams(location.search).get("as"));
