// Faces: initials on the person's colour, a sign for bots and groups. Drawn here, nothing is loaded.
import { h, icon, paint } from "./dom.js";
import { presence } from "./presence.js";

const palette = ["#2f7de1", "#0f9d8a", "#7a5af0", "#d1573c", "#b0438f", "#4f7a28", "#b7791f", "#3c6e91"];

// avatar draws a person of the store, or anything with { id, name }. size is "small", "large" or nothing.
export function avatar(person, size = "") {
  const node = h("span.avatar", { "aria-hidden": "true" }, person.bot ? icon("bot") : initials(person.name));
  if (size) node.classList.add(size);
  if (person.bot) node.classList.add("bot");
  return paint(node, "--face", person.color || palette[person.id % palette.length]);
}

// avatarWithDot adds the presence of the person.
export function avatarWithDot(person, size = "") {
  const { tone, text } = presence(person);
  return h("span.face", {}, avatar(person, size), !person.bot && h(`span.dot.${tone}`, { title: text }));
}

export function groupAvatar() {
  return h("span.avatar.group", { "aria-hidden": "true" }, icon("group"));
}

function initials(name) {
  const words = (name ?? "").split(/\s+/).filter((w) => /^\p{L}/u.test(w));
  return words.slice(0, 2).map((w) => [...w][0].toUpperCase()).join("") || "?";
}

// personRow is a line of a list of people.
export function personRow(person, detail = person.position) {
  return [
    avatarWithDot(person),
    h("span.who", {}, h("span.name", {}, person.name), h("span.detail", {}, detail || presence(person).text)),
    h("span.id", {}, `#${person.id}`),
  ];
}
