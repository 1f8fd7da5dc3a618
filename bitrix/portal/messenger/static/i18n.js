// Language of the page: the browser's, until the reader switches. Dates and plurals follow it.
import { texts } from "./texts.js";

const remembered = "whois24.lang";

let current = start();

function start() {
  const saved = localStorage.getItem(remembered);
  if (saved in texts) return saved;
  return navigator.language.toLowerCase().startsWith("ru") ? "ru" : "en";
}

export const language = () => current;

export function toggleLanguage() {
  current = current === "ru" ? "en" : "ru";
  localStorage.setItem(remembered, current);
}

// locale keeps the reader's region (en-US, en-GB) when it agrees with the language of the page.
export function locale() {
  return navigator.languages.find((l) => l.toLowerCase().startsWith(current)) ?? current;
}

// t gives the text of a key; values.n chooses the plural form.
export function t(key, values = {}) {
  let text = texts[current][key];
  if (text === undefined) return key;
  if (typeof text === "object") text = text[new Intl.PluralRules(current).select(values.n)] ?? text.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

// translate fills the fixed parts of the page: data-t is the text, data-t-label the accessible name and tooltip.
export function translate(root = document) {
  document.documentElement.lang = current;
  document.title = t("title");
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    const label = t(node.dataset.tLabel);
    node.setAttribute("aria-label", label);
    if ("placeholder" in node) node.placeholder = label;
    else node.title = label;
  }
}

// inLanguage picks from a portal's {ru: …, en: …}; portals may hold only one of them.
export function inLanguage(byLanguage) {
  if (!byLanguage) return "";
  return byLanguage[current] ?? byLanguage.en ?? Object.values(byLanguage)[0] ?? "";
}

export const formatDate = (date, options) => new Intl.DateTimeFormat(locale(), options).format(date);

export const clock = (date) => formatDate(date, { timeStyle: "short" });

const dayNumber = (date) => Math.floor((date.getTime() - date.getTimezoneOffset() * 60e3) / 864e5);

// day names the day of a date as a separator does: today, yesterday, 21 November.
export function day(date) {
  const ago = dayNumber(new Date()) - dayNumber(date);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
  return formatDate(date, { day: "numeric", month: "long", ...year });
}

const units = [["year", 31536e6], ["month", 2592e6], ["day", 864e5], ["hour", 36e5], ["minute", 6e4]];

// ago says how long ago in words.
export function ago(date) {
  const passed = Date.now() - date.getTime();
  const found = units.find(([, size]) => passed >= size);
  if (!found) return t("justNow");
  const [unit, size] = found;
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(-Math.floor(passed / size), unit);
}
