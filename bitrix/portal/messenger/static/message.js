// One line of the log: a message, a day between messages, a message on its way.
import { attachments } from "./attach.js";
import { avatar } from "./avatar.js";
import { preview, richText } from "./bbview.js";
import { h, icon } from "./dom.js";
import { clock, day, formatDate, t } from "./i18n.js";
import { keyboard } from "./keyboard.js";
import { state } from "./store.js";

const together = 5 * 60e3; // ms within which messages of one author stand as a group

// lines turns the messages of a dialog into what the log shows.
export function lines(messages, pending) {
  const all = [...messages, ...pending.map((p) => ({ ...p, id: p.key, author: state.me, pending: p }))];
  const out = [];
  let before = null;
  for (const m of all) {
    const name = day(new Date(m.at));
    if (!before || day(new Date(before.at)) !== name) {
      out.push({ key: `day-${name}`, day: name });
      before = null;
    }
    const first = !before || !sameGroup(before, m);
    if (!first) out.at(-1).last = false;
    out.push({ key: String(m.id), m, first, last: true, own: m.author === state.me && !m.system });
    before = m;
  }
  return out;
}

function sameGroup(a, b) {
  return a.author === b.author && Boolean(a.system) === Boolean(b.system) && new Date(b.at) - new Date(a.at) < together;
}

// line builds the node. `to` as in bbview.js; press and retry are what a button and a failed message do.
export function line(item, to, { press, retry, byId }) {
  if (item.day) return h("div.day", { role: "separator" }, h("span", {}, item.day));
  const { m } = item;
  if (m.system || !m.author) return systemLine(m, to, press);
  const node = h("article.message", { tabIndex: -1 },
    !item.own && (item.first ? avatar(authorOf(m)) : h("span.avatar.blank")),
    h("div.stack", {}, bubble(item, to, byId), !m.deleted && keyboard(m.keyboard, (index, key) => press(m, index, key), to),
      m.pending?.error && failed(m.pending, retry)));
  node.dataset.id = m.id;
  for (const name of ["own", "first", "last"]) node.classList.toggle(name, item[name]);
  node.classList.toggle("pending", Boolean(m.pending));
  return node;
}

const authorOf = (m) => state.people.get(m.author) ?? { id: m.author, name: `#${m.author}` };

function systemLine(m, to, press) {
  const node = h("div.system", {}, richText(m.deleted ? t("deleted") : m.text, to), ...attachmentsOf(m, to),
    keyboard(m.keyboard, (index, key) => press(m, index, key), to));
  node.dataset.id = m.id;
  return node;
}

function bubble({ m, own, first }, to, byId) {
  const author = authorOf(m);
  const name = h("button.author", { type: "button", onclick: () => to.user(m.author) }, author.name);
  if (author.bot) name.append(h("span.tag", {}, t("bot")));
  const content = m.deleted ? [h("div.text.gone", {}, t("deleted"))] : [richText(m.text, to), ...attachmentsOf(m, to)];
  return h("div.bubble", {}, !own && first && name, m.replyTo && replyQuote(m, to, byId), content, meta(m));
}

const attachmentsOf = (m, to) => attachments(m.color ? { BLOCKS: m.attach, COLOR_TOKEN: m.color } : m.attach, to);

function replyQuote(m, to, byId) {
  const original = byId(m.replyTo);
  const author = original && (state.people.get(original.author)?.name ?? "");
  const words = original && !original.deleted ? preview(original.text).slice(0, 160) : t("gone");
  return h("button.reply", { type: "button", onclick: () => to.jump(String(m.replyTo)) },
    author && h("b", {}, author), h("span", {}, words));
}

function meta(m) {
  const at = new Date(m.at);
  return h("span.meta", {},
    m.edited && !m.deleted && h("span", {}, t("edited")),
    m.pending && !m.pending.error && h("span.sending", { title: t("sending") }, icon("clock")),
    h("time", { datetime: at.toISOString(), title: formatDate(at, { dateStyle: "full", timeStyle: "medium" }) }, clock(at)));
}

function failed(item, retry) {
  const why = state.people.get(state.me)?.active === false ? "notSentDismissed" : "notSent";
  return h("p.failed", { role: "alert", title: item.error }, t(why), " ",
    h("button.link", { type: "button", onclick: () => retry(item) }, t("retry")));
}
