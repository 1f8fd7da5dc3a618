// Where a person is, as the portal knows it. The bot works it out by itself from what REST tells.
import { ago, formatDate, locale, t } from "./i18n.js";

const chosen = new Set(["away", "dnd", "break"]);

// presence gives a tone for the dot (online, away, dnd, break, leave, off, gone, bot) and words.
export function presence(person) {
  if (!person.active) return { tone: "gone", text: t("dismissed") };
  if (person.bot) return { tone: "bot", text: t("bot") };
  if (onLeave(person)) return { tone: "leave", text: t("onLeave", { date: backOn(person) }) };
  if (person.online) return online(person);
  if (!person.lastSeen) return { tone: "off", text: t("neverSeen") };
  return { tone: "off", text: t("wasHere", { when: ago(new Date(person.lastSeen)) }) };
}

export const onLeave = (person) => Boolean(person.absentUntil) && new Date(person.absentUntil) > new Date();

const backOn = (person) => formatDate(new Date(person.absentUntil), { day: "numeric", month: "long", ...zone(person) });

function online({ status, mobile, idle }) {
  const tone = chosen.has(status) ? status : idle ? "away" : "online";
  const text = t(`status_${tone}`);
  return { tone, text: mobile ? `${text}, ${t("mobile")}` : text };
}

// zone is the person's time zone as an option of Intl, if the browser knows it.
export function zone({ zone: timeZone }) {
  try {
    if (timeZone) return new Intl.DateTimeFormat("en", { timeZone }) && { timeZone };
  } catch {
    // a zone this browser does not know: the reader's own is shown
  }
  return {};
}

// byName sorts by the alphabet of the page.
export const byName = (a, b) => a.name.localeCompare(b.name, locale());

const rank = { online: 0, away: 1, dnd: 1, break: 1, bot: 2, leave: 3, off: 4, gone: 5 };

// byPresence orders people: who can answer now first, then by name.
export function byPresence(a, b) {
  return rank[presence(a).tone] - rank[presence(b).tone] || byName(a, b);
}

// matches tells whether each word of a query begins a word of the name or position, or is the id.
export function matches(person, query) {
  const words = `${person.name} ${person.position} ${(person.departments ?? []).join(" ")}`.toLowerCase().split(/[\s,.«»"()-]+/);
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean);
  return asked.every((q) => q.replace(/^#/, "") === String(person.id) || words.some((w) => w.startsWith(q)));
}
