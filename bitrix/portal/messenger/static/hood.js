// Under the hood: the REST calls and events of the last minute, newest first. The portal has masked secrets.
import { $, fill, h, reconcile } from "./dom.js";
import { formatDate, language, locale, t } from "./i18n.js";
import { on, state } from "./store.js";

const kept = 60e3; // ms an entry stays
const sweep = 5e3; // ms between looks for entries that are too old

const kinds = ["calls", "events", "errors"];
const opened = new Set(); // keys of entries the reader has open: they stay
let list, filter, only, empty;

export function startHood() {
  list = h("ol.entries");
  filter = h("input", { type: "search", id: "hood-filter", oninput: render });
  empty = h("p.empty");
  only = h("div.choices", { role: "group" });
  on(["calls", "events"], render);
  setInterval(render, sweep);
}

// renderHood draws everything anew, as after a change of language.
export function renderHood() {
  filter.placeholder = t("hoodFilter");
  filter.setAttribute("aria-label", t("hoodFilter"));
  only.setAttribute("aria-label", t("hoodFilter"));
  fill(only, kinds.map(kindButton));
  fill($("hood"), h("p.hint", {}, t("hoodHint")), filter, only, empty, list);
  empty.textContent = t("hoodEmpty");
  render();
}

let picked = ""; // the kind shown, "" is everything

function kindButton(kind) {
  const onclick = () => {
    picked = picked === kind ? "" : kind;
    renderHood();
    $(`hood-${kind}`).focus();
  };
  return h("button.choice", { type: "button", id: `hood-${kind}`, "aria-pressed": String(picked === kind), onclick }, t(kind));
}

function render() {
  if ($("hood").hidden) return;
  const entries = numbered([...state.calls.map(callEntry), ...state.events.map(eventEntry)]);
  const shown = entries.filter(wanted).sort((a, b) => b.at - a.at);
  empty.hidden = shown.length > 0;
  reconcile(list, shown, (e) => e.key, () => language(), entryView);
}

// numbered makes keys differ where the same was called twice in one instant.
function numbered(entries) {
  const times = new Map();
  for (const entry of entries) {
    const n = times.get(entry.key) ?? 0;
    times.set(entry.key, n + 1);
    entry.key += ` ${n}`;
  }
  return entries;
}

const failed = (status) => status === 0 || status >= 400;

function callEntry(call) {
  const key = `call ${call.at} ${call.method}`;
  return { ...call, key, kind: "calls", at: new Date(call.at), name: call.method, bad: failed(call.status), text: pretty(call.params) };
}

function eventEntry(event) {
  const key = `event ${event.at} ${event.event}`;
  return { ...event, key, kind: "events", at: new Date(event.at), name: event.event, bad: failed(event.status), code: event.error, text: event.form };
}

// pretty shows parameters indented; nothing and {} are nothing.
function pretty(params) {
  if (!params || Object.keys(params).length === 0) return "";
  return JSON.stringify(params, null, 2);
}

function wanted(entry) {
  if (Date.now() - entry.at > kept && !opened.has(entry.key)) return false;
  if (picked === "errors" ? !entry.bad : picked && entry.kind !== picked) return false;
  const words = `${entry.name} ${entry.code ?? ""} ${entry.status}`.toLowerCase();
  return words.includes(filter.value.trim().toLowerCase());
}

const brief = (ms) => new Intl.NumberFormat(locale(), { maximumSignificantDigits: 2 }).format(ms);

function entryView(entry) {
  const details = h("details", { open: opened.has(entry.key) },
    h("summary", {},
      h(`span.way.${entry.kind}`, { title: t(entry.kind === "calls" ? "fromBot" : "toBot") }, entry.kind === "calls" ? "→" : "←"),
      h("span.method", {}, entry.name),
      h(entry.bad ? "span.status.bad" : "span.status", {}, String(entry.status || "—")),
      h("span.when", {}, formatDate(entry.at, { timeStyle: "medium" })),
      h("span.took", {}, t("ms", { n: brief(entry.took) })),
      entry.batch > 0 && h("span.took", {}, t("batch", { n: entry.batch })),
      entry.code && h("span.code", {}, entry.code)),
    h("pre", { tabIndex: 0 }, entry.text || t("noParams")));
  details.addEventListener("toggle", () => (details.open ? opened.add(entry.key) : opened.delete(entry.key)));
  return h("li", {}, details);
}
