// Keyboards: the buttons under a bot's message.
import { h, paint } from "./dom.js";
import { webAddress } from "./bbview.js";

const tokens = new Set(["primary", "secondary", "alert", "base"]);
const most = 100; // buttons shown

// keyboard renders the buttons of a message, each on a line of its own unless it asks to share one.
// press(index, node) tells the portal that a COMMAND button was pressed; `to` as in bbview.js, with copy(text)
// and dialog(id).
export function keyboard(buttons, press, to) {
  if (!Array.isArray(buttons) || buttons.length === 0) return null;
  const rows = [h("div.buttons")];
  buttons.slice(0, most).forEach((button, index) => {
    if (button?.TYPE === "NEWLINE") rows.push(h("div.buttons"));
    else if (button?.TEXT) rows.at(-1).append(buttonView(button, index, press, to));
  });
  return h("div.keyboard", {}, rows.filter((row) => row.childElementCount > 0));
}

const yes = (value) => value === true || value === "Y";

function buttonView(button, index, press, to) {
  const node = h("button.key", { type: "button", disabled: yes(button.DISABLED) }, String(button.TEXT));
  node.classList.add(tokens.has(button.BG_COLOR_TOKEN) ? button.BG_COLOR_TOKEN : "base");
  if (button.DISPLAY !== "LINE") node.classList.add("wide");
  if (button.CONTEXT === "MOBILE" || button.CONTEXT === "DESKTOP") node.classList.add(`only-${button.CONTEXT.toLowerCase()}`);
  paint(paint(node, "--fill", button.BG_COLOR), "--ink", button.TEXT_COLOR);
  if (button.WIDTH > 0 && button.WIDTH <= 1000) node.style.width = `${button.WIDTH}px`;
  node.addEventListener("click", () => act(button, index, node, press, to));
  return node;
}

function act(button, index, node, press, to) {
  if (button.COMMAND) {
    press(index, node);
    node.disabled = yes(button.BLOCK); // until the bot changes the message
  } else if (button.LINK) openPage(String(button.LINK));
  else actions[button.ACTION]?.(String(button.ACTION_VALUE ?? ""), to);
}

const actions = {
  PUT: (value, to) => to.put(value),
  SEND: (value, to) => to.send(value),
  COPY: (value, to) => to.copy(value),
  CALL: (value, to) => to.call(value),
  DIALOG: (value, to) => to.dialog(value),
};

function openPage(written) {
  const url = webAddress(written);
  if (url) window.open(url.href, "_blank", "noopener,noreferrer");
}
