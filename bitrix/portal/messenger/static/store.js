// What the page knows, and who wants to hear when it changes.

export const state = {
  me: 0,
  people: new Map(), // id → person
  dialogs: new Map(), // id → { id, title, private, members }
  messages: new Map(), // dialog → Map(id → message), in order of id
  commands: [],
  calls: [],
  events: [],
  current: "", // the open dialog
  pending: [], // messages on their way: { key, dialog, text, at, id, error }
  typing: new Map(), // dialog → { person, until }
};

const listeners = [];
let due = new Set();

// on calls f, at most once a frame, after any of the parts (names of the fields of state) changed.
export function on(parts, f) {
  listeners.push({ parts, f });
}

export function changed(...parts) {
  if (due.size === 0) requestAnimationFrame(tell);
  for (const part of parts) due.add(part);
}

function tell() {
  const now = due;
  due = new Set();
  for (const { parts, f } of listeners) if (parts.some((p) => now.has(p))) f();
}

// take merges what the portal said; the frames are described in doc.go.
export function take(frame) {
  takers[frame.type]?.(frame);
}

const takers = {
  state(frame) {
    if (frame.me !== state.me) Object.assign(state, { me: frame.me, current: "", pending: [], typing: new Map() });
    state.people = new Map(frame.people?.map((p) => [p.id, p]));
    state.dialogs = new Map(frame.dialogs?.map((d) => [d.id, d]));
    state.messages = new Map(frame.dialogs?.map((d) => [d.id, new Map(d.messages.map((m) => [m.id, m]))]));
    state.commands = frame.commands ?? [];
    state.calls = frame.calls ?? [];
    state.events = frame.events ?? [];
    if (!state.dialogs.has(state.current)) state.current = firstDialog();
    settle();
    changed("me", "people", "dialogs", "messages", "commands", "calls", "events", "current", "typing");
  },
  message({ dialog, message }) {
    if (!state.messages.has(dialog)) state.messages.set(dialog, new Map());
    state.messages.get(dialog).set(message.id, message);
    if (state.typing.get(dialog)?.person === message.author) state.typing.delete(dialog);
    settle();
    changed("messages", "typing");
  },
  typing({ dialog, person }) {
    state.typing.set(dialog, { person, until: Date.now() + typingFor });
    setTimeout(() => changed("typing"), typingFor + 50);
    changed("typing");
  },
  person({ who }) {
    state.people.set(who.id, who);
    changed("people");
  },
  call: ({ call }) => note("calls", call),
  event: ({ event }) => note("events", event),
};

const typingFor = 12e3; // ms a typing mark lasts unless the message comes first
const logLimit = 300; // calls or events kept

function note(part, entry) {
  state[part] = [...state[part].slice(-logLimit), entry];
  changed(part);
}

// firstDialog is the chat open last time, else the one with a bot.
function firstDialog() {
  const remembered = sessionStorage.getItem(`dialog:${state.me}`);
  if (state.dialogs.has(remembered)) return remembered;
  const all = [...state.dialogs.values()];
  return (all.find((d) => d.private) ?? all[0])?.id ?? "";
}

// settle forgets sent messages that have come back from the portal.
function settle() {
  state.pending = state.pending.filter((p) => !(p.id && state.messages.get(p.dialog)?.has(p.id)));
}

export function addPending(item) {
  state.pending.push(item);
  changed("messages");
}

export function updatePending() {
  settle();
  changed("messages");
}

export function openDialog(id) {
  if (!state.dialogs.has(id)) return false;
  state.current = id;
  sessionStorage.setItem(`dialog:${state.me}`, id);
  changed("current", "messages", "typing");
  return true;
}

// messagesOf lists a dialog, oldest first.
export const messagesOf = (dialog) => [...(state.messages.get(dialog)?.values() ?? [])].sort((a, b) => a.id - b.id);

const readKey = (dialog) => `read:${state.me}:${dialog}`;

// unread counts what others wrote since the reader last had the dialog open. A portal that was started anew numbers
// its messages anew too.
export function unread(dialog) {
  const all = messagesOf(dialog);
  const seen = Number(sessionStorage.getItem(readKey(dialog)));
  const last = seen > (all.at(-1)?.id ?? 0) ? 0 : seen;
  return all.filter((m) => m.id > last && m.author !== state.me && !m.system && !m.deleted).length;
}

export function markRead(dialog) {
  const newest = messagesOf(dialog).at(-1)?.id ?? 0;
  if (Number(sessionStorage.getItem(readKey(dialog))) === newest) return;
  sessionStorage.setItem(readKey(dialog), newest);
  changed("dialogs");
}

// typist is the id of who is typing in a dialog right now, or undefined.
export function typist(dialog) {
  const mark = state.typing.get(dialog);
  return mark && mark.until > Date.now() ? mark.person : undefined;
}

export const me = () => state.people.get(state.me);
export const dialog = () => state.dialogs.get(state.current);
export const nameOf = (id) => state.people.get(Number(id))?.name;
