// The card of one person: who they are, and buttons that change what the portal knows of them.
import { avatarWithDot } from "./avatar.js";
import { h, icon } from "./dom.js";
import { formatDate, t } from "./i18n.js";
import { onLeave, presence, zone } from "./presence.js";
import { state } from "./store.js";

const minute = 60;
const signOffs = [
  ["ago5m", 5 * minute], ["ago40m", 40 * minute], ["ago3h", 180 * minute], ["ago1d", 24 * 60 * minute], ["ago12d", 12 * 24 * 60 * minute],
];

export function personCard(person, actions) {
  return h("div.card", {}, head(person), facts(person), buttons(person, actions), !person.bot && controls(person, actions));
}

function head(person) {
  const { text, tone } = presence(person);
  return h("header", {}, avatarWithDot(person, "large"), h("h3", {}, person.name), h("p.detail", {}, person.position),
    h(`p.presence.${tone}`, {}, text));
}

function facts(person) {
  const rows = [
    ["ID", String(person.id)],
    ["", person.outsider ? t("outsider") : (person.departments ?? []).join(", ")],
    ["", person.email],
    ["", person.phone],
    ["", person.zone && `${localClock(person)} — ${t("localTime")}`],
  ];
  return h("ul.facts", {}, rows.filter(([, value]) => value).map(([name, value]) => h("li", {}, name && h("b", {}, `${name} `), value)));
}

function localClock(person) {
  return formatDate(new Date(), { timeStyle: "short", ...zone(person) });
}

function buttons(person, { ask, become }) {
  return h("div.buttons", {},
    h("button.primary.ask", { type: "button", id: "card-ask", onclick: () => ask(person) }, icon("ask"), t("ask"), h("code", {}, `/whois ${person.id}`)),
    !person.bot && person.active && person.id !== state.me &&
      h("button.quiet", { type: "button", id: "card-become", onclick: () => become(person.id) }, t("beThem")));
}

function controls(person, { change }) {
  const set = (what) => () => change(person, what);
  return h("div.controls", {}, h("h4", {}, t("presence")), h("p.hint", {}, t("presenceHint")),
    h("div.choices", { role: "group", "aria-label": t("presence") },
      choice("online", t("isOnline"), person.online, set({ online: true })),
      signOffs.map(([key, seconds]) => choice(key, t(key), seenAbout(person, seconds), set({ seenAgo: seconds }))),
      choice("never", t("never"), !person.online && !person.lastSeen, set({ never: true }))),
    h("h4", {}, t("statusLabel")), h("p.hint", {}, t("statusHint")),
    h("div.choices", { role: "group", "aria-label": t("statusLabel") },
      ["online", "away", "dnd", "break"].map((s) => choice(s, t(`status_${s}`), (person.status || "online") === s, set({ status: s })))),
    leave(person, change), employment(person, set));
}

function choice(id, text, pressed, onclick) {
  return h("button.choice", { type: "button", id: `choose-${id}`, "aria-pressed": String(Boolean(pressed)), onclick }, text);
}

// seenAbout tells which sign-off was chosen, allowing for the minutes since.
function seenAbout(person, seconds) {
  if (person.online || !person.lastSeen) return false;
  const passed = (Date.now() - new Date(person.lastSeen)) / 1000;
  return passed >= seconds - 1 && passed < seconds + 5 * minute;
}

function leave(person, change) {
  const until = h("input", { type: "date", id: "leave-until", value: leaveDay(person), min: isoDay(1), "aria-label": t("leaveFrom") });
  const put = () => until.value && change(person, { absentUntil: until.value });
  return [h("h4", {}, t("leave")), h("label.detail", { for: "leave-until" }, t("leaveFrom")),
    h("div.buttons", {}, until, h("button.quiet", { type: "button", id: "leave-set", onclick: put }, t("leaveSet")),
      onLeave(person) && h("button.quiet", { type: "button", id: "leave-end", onclick: () => change(person, { absentUntil: "" }) }, t("leaveEnd")))];
}

// leaveDay proposes a fortnight, or shows the day already set.
function leaveDay(person) {
  if (!onLeave(person)) return isoDay(14);
  return new Intl.DateTimeFormat("sv", zone(person)).format(new Date(person.absentUntil)); // sv writes 2026-12-31
}

function isoDay(ahead) {
  return new Intl.DateTimeFormat("sv").format(Date.now() + ahead * 864e5);
}

function employment(person, set) {
  const button = person.active
    ? h("button.quiet.danger", { type: "button", id: "employ", onclick: set({ active: false }) }, t("dismiss"))
    : h("button.quiet", { type: "button", id: "employ", onclick: set({ active: true }) }, t("rehire"));
  return h("div.buttons.employment", {}, button);
}
