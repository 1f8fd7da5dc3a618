// Writing: the input that grows, its history, drafts by chat.
import { $ } from "./dom.js";
import { on, state } from "./store.js";
import { hideSuggestions, startSuggest, suggest, suggestKey, withMentions } from "./suggest.js";
import { say } from "./ws.js";

const drafts = new Map(); // "me:dialog" → text
const written = []; // what was sent from this page, oldest first
let recalled = 0; // position in written; its length is the draft itself
let owner = ""; // the draft in the input

export function startComposer() {
  const input = $("input");
  startSuggest(replaceFrom);
  input.addEventListener("input", () => {
    recalled = written.length;
    grow();
    suggest(input.value.slice(0, input.selectionStart));
  });
  input.addEventListener("keydown", onKey);
  input.addEventListener("blur", hideSuggestions);
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  on(["current", "me"], swapDraft);
}

function onKey(event) {
  if (event.isComposing || suggestKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "ArrowUp" && (event.target.value === "" || recalled < written.length)) {
    recall(event, -1);
  } else if (event.key === "ArrowDown" && recalled < written.length) {
    recall(event, 1);
  }
}

// recall walks through what was sent; past the newest the input is empty again.
function recall(event, step) {
  const next = recalled + step;
  if (next < 0 || next > written.length) return;
  event.preventDefault();
  recalled = next;
  write(written[next] ?? "");
}

function submit() {
  const text = $("input").value.trim();
  if (!text || !state.current) return;
  hideSuggestions();
  sendText(text);
  write("");
}

// sendText sends at once, as a click on a suggestion does; the draft in the input stays.
export function sendText(text) {
  if (!state.current) return;
  if (written.at(-1) !== text) written.push(text);
  recalled = written.length;
  say(state.current, withMentions(text));
}

// putText puts text into the input for the reader to go on.
export function putText(text) {
  write(text);
  $("input").focus();
}

function write(text) {
  const input = $("input");
  input.value = text;
  input.setSelectionRange(text.length, text.length);
  grow();
}

function replaceFrom(from, text) {
  const input = $("input");
  input.setRangeText(text, from, input.selectionStart, "end");
  input.focus();
  grow();
  suggest(input.value.slice(0, input.selectionStart));
}

function grow() {
  const input = $("input");
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
  $("send").disabled = input.value.trim() === "";
}

function swapDraft() {
  const now = `${state.me}:${state.current}`;
  if (now === owner) return;
  drafts.set(owner, $("input").value);
  owner = now;
  hideSuggestions();
  write(drafts.get(now) ?? "");
  if (!matchMedia("(pointer: coarse)").matches) $("input").focus(); // no keyboard over half a phone uninvited
}
