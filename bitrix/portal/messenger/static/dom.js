// Building the page node by node. Text only ever becomes text nodes, so nothing a person or a bot
// writes can turn into markup.

// h("button.primary", { type: "button", onclick: f, "aria-label": "…" }, child, "text", …)
// on* are listeners, properties of the node (value, disabled, hidden, …) are set, the rest are attributes.
// Children that are null, undefined, false or empty are left out.
export function h(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) set(node, name, value);
  node.append(...present(children));
  return node;
}

function set(node, name, value) {
  if (value === undefined || value === null) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (["value", "disabled", "hidden", "checked", "tabIndex", "open"].includes(name)) node[name] = value;
  else node.setAttribute(name, value);
}

const present = (children) => children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false && c !== "");

export const $ = (id) => document.getElementById(id);

export const fill = (node, ...children) => node.replaceChildren(...present(children));

const shown = new WeakMap(); // node of a reconciled list → { id, look }

// reconcile shows items in order, keeping the nodes of those that did not change: a reader's selection,
// focus and the live region of the log survive. look(item) must differ when the picture differs.
export function reconcile(parent, items, key, look, build) {
  const wanted = new Set(items.map(key));
  for (const node of [...parent.children]) if (!wanted.has(shown.get(node)?.id)) node.remove();
  const kept = new Map([...parent.children].map((node) => [shown.get(node).id, node]));
  let last = null;
  for (const item of items) {
    const id = key(item);
    const node = current(kept.get(id), id, look(item), () => build(item));
    const place = last ? last.nextElementSibling : parent.firstElementChild;
    if (node !== place) parent.insertBefore(node, place);
    last = node;
  }
}

// current is the node as it should look now: the old one, or a new one in its place.
function current(old, id, look, build) {
  if (old && shown.get(old).look === look) return old;
  const node = build();
  shown.set(node, { id, look });
  old?.replaceWith(node);
  return node;
}

const shapes = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM20 20l-4-4",
  send: "M5 12 4 5l16 7-16 7 1-7Zm0 0h7",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM3 20c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 4.6a3.5 3.5 0 0 1 0 6M17.5 15c2.2.7 3.5 2.5 3.5 5",
  hood: "m7 9 3 3-3 3M12.5 15H17M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5Z",
  theme: "M12 4a8 8 0 1 0 0 16V4ZM12 4a8 8 0 0 1 0 16",
  down: "m6 9 6 6 6-6",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  check: "m5 13 4 4L19 7",
  copy: "M9 9h10v11H9zM5 15V4h10",
  phone: "M6 4h3l1.5 4.5L8 10a12 12 0 0 0 6 6l1.5-2.5L20 15v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2Z",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM12 8v4l2.5 1.5",
  group: "M4 6h16v11H9l-5 4zM8 10h8M8 13h5",
  bot: "M5 9h14v10H5zM12 5v4M9 13v1.5M15 13v1.5M12 4.5h.01M2.5 13v3M21.5 13v3",
  chat: "M4 5h16v12H10l-6 4z",
  open: "M8 16 16 8M9 8h7v7",
  ask: "M4 5h16v12H10l-6 4zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.2c-.7.3-1 .7-1 1.3M12 14.8h.01",
};

// icon draws one of the page's pictures; it is decoration, the label stands on the button.
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", shapes[name]);
  svg.append(path);
  return svg;
}

const safeColor = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

// paint sets a colour somebody chose, if it is one.
export function paint(node, property, color) {
  if (safeColor.test(color ?? "")) node.style.setProperty(property, color);
  return node;
}
