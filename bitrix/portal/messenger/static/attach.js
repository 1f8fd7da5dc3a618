// Attachments: the cards under a message. The portal gives a list of blocks, one with a colour around it, or
// a list of those.
import { avatar } from "./avatar.js";
import { link, picture, richText, webAddress } from "./bbview.js";
import { h, icon, paint } from "./dom.js";

const tokens = new Set(["primary", "secondary", "alert", "base"]);
const most = 100; // blocks of a card and rows of a grid that are shown

// attachments renders what a message carries; `to` as in bbview.js.
export function attachments(attach, to) {
  return cards(attach).map((card) => {
    const node = h("div.attach", {}, list(card.BLOCKS).map((block) => blockView(block, to)));
    if (tokens.has(card.COLOR_TOKEN)) node.classList.add(card.COLOR_TOKEN);
    return paint(node, "--edge", card.COLOR);
  });
}

function cards(attach) {
  if (!attach) return [];
  if (!Array.isArray(attach)) return [attach];
  return attach.some((item) => item?.BLOCKS) ? attach.slice(0, most) : [{ BLOCKS: attach }];
}

const list = (value) => (Array.isArray(value) ? value : [value]).filter((v) => v && typeof v === "object").slice(0, most);
const words = (value) => (value === undefined || value === null ? "" : String(value));

const views = {
  MESSAGE: (value, to) => h("div.a-message", {}, richText(words(value), to)),
  GRID: (value, to) => grid(list(value), to),
  USER: (value, to) => list(value).map((user) => userLine(user, to)),
  LINK: (value, to) => list(value).map((item) => linkCard(item, to)),
  IMAGE: (value, to) => list(value).map((item) => picture(words(item.LINK), to, "size=large")),
  FILE: (value, to) => list(value).map((item) => fileLine(item, to)),
  DELIMITER: (value) => paint(h("hr"), "border-color", value?.COLOR),
};

function blockView(block, to) {
  const known = Object.keys(block).find((name) => name in views);
  return known ? views[known](block[known], to) : null;
}

function grid(rows, to) {
  const display = words(rows[0]?.DISPLAY).toUpperCase();
  const shape = { ROW: "row", LINE: "line", TABLE: "table" }[display] ?? "block";
  return h(`dl.grid.${shape}`, {}, rows.map((row) => cell(row, to)));
}

function cell(row, to) {
  const [name, value] = [words(row.NAME), words(row.VALUE)];
  const node = h("div.cell", {}, name && h("dt", {}, name), value && h("dd", {}, target(row, richText(value, to), to)));
  if (tokens.has(row.COLOR_TOKEN)) node.classList.add(row.COLOR_TOKEN);
  if (row.WIDTH > 0 && row.WIDTH <= 1000) node.style.setProperty("--width", `${row.WIDTH}px`);
  return paint(node, "--value", row.COLOR);
}

// target makes a value lead where its row says: a person, a chat, an address.
function target(row, content, to) {
  if (row.USER_ID > 0) return h("button.link", { type: "button", onclick: () => to.user(Number(row.USER_ID)) }, content);
  if (row.CHAT_ID > 0) return h("button.link", { type: "button", onclick: () => to.chat(words(row.CHAT_ID)) }, content);
  if (row.LINK) return link(words(row.LINK), content, to) ?? content;
  return content;
}

function userLine(user, to) {
  const name = words(user.NAME);
  const face = facePicture(user.AVATAR) ?? avatar({ name, id: Number(user.USER_ID) || 0 }, "small");
  return h("div.a-user", {}, face, target({ ...user, USER_ID: user.USER_ID ?? user.BOT_ID }, h("b", {}, name), to));
}

function facePicture(written) {
  const url = webAddress(words(written));
  return url?.origin === location.origin ? h("img.avatar.small", { src: url.href, alt: "" }) : null;
}

function linkCard(item, to) {
  const title = words(item.NAME) || words(item.LINK);
  return h("div.a-link", {}, link(words(item.LINK), [icon("open"), title], to) ?? title, item.DESC && h("p", {}, words(item.DESC)));
}

const fileLine = (item, to) =>
  h("div.a-link", {}, link(words(item.LINK), [icon("file"), words(item.NAME) || words(item.LINK)], to) ?? words(item.NAME));
