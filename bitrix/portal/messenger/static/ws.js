// The connection to the portal: comes back by itself, and repeats what was asked but not answered. Requests carry
// a ref, so the portal does each once.
import { addPending, state, take, updatePending } from "./store.js";

const unanswered = new Map(); // ref → { payload, resolve }
const firstPause = 300; // ms before the first attempt to come back
const longestPause = 5e3;

let socket = null;
let pause = firstPause;
let retry = 0;
let asked = null; // the person asked for; null leaves it to the portal
let notify = () => {};

// onConnection hears true when connected and false when the connection is lost.
export function onConnection(f) {
  notify = f;
}

// connect sits down as a person, leaving the one before with what that one had still unsent.
export function connect(as) {
  asked = as;
  unanswered.clear();
  open();
}

function open() {
  clearTimeout(retry);
  socket?.close();
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const fresh = new WebSocket(`${scheme}://${location.host}/messenger/ws${asked ? `?as=${encodeURIComponent(asked)}` : ""}`);
  socket = fresh;
  fresh.onopen = opened;
  fresh.onmessage = ({ data }) => fresh === socket && receive(JSON.parse(data));
  fresh.onclose = () => fresh === socket && lost();
}

function opened() {
  pause = firstPause;
  notify(true);
  for (const { payload } of unanswered.values()) socket.send(payload);
}

function lost() {
  notify(false);
  retry = setTimeout(open, pause * (0.8 + Math.random() * 0.4));
  pause = Math.min(pause * 1.7, longestPause);
}

addEventListener("online", () => socket?.readyState === WebSocket.CLOSED && open());

function receive(frame) {
  if (frame.type !== "result") return take(frame);
  unanswered.get(frame.ref)?.resolve(frame);
  unanswered.delete(frame.ref);
}

const newRef = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

// request resolves with the portal's result, { id } or { error }, however often the connection breaks on the way.
export function request(what) {
  const ref = newRef();
  const payload = JSON.stringify({ ...what, ref });
  return new Promise((resolve) => {
    unanswered.set(ref, { payload, resolve });
    if (socket?.readyState === WebSocket.OPEN) socket.send(payload);
  });
}

// say sends a message; the log shows it at once, pale until the portal has it.
export async function say(dialog, text) {
  const item = { key: `pending-${newRef()}`, dialog, text, at: new Date().toISOString() };
  addPending(item);
  const { id, error } = await request({ type: "say", dialog, text });
  Object.assign(item, { id, error });
  updatePending();
}

// sayAgain repeats a message the portal refused.
export function sayAgain(item) {
  state.pending = state.pending.filter((p) => p !== item);
  return say(item.dialog, item.text);
}
