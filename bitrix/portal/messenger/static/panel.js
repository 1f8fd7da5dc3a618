// The right side: people or what happens under the hood, one at a time or neither. On narrow screens one of
// chats, chat and panel is shown.
import { $ } from "./dom.js";
import { renderHood } from "./hood.js";
import { t } from "./i18n.js";

const wide = matchMedia("(min-width: 1100px)");
let shown = "";

export function startPanel() {
  $("people-toggle").addEventListener("click", () => togglePanel("people"));
  $("hood-toggle").addEventListener("click", () => togglePanel("hood"));
  $("panel-close").addEventListener("click", closePanel);
  $("back").addEventListener("click", () => showView("chats"));
  if (wide.matches) openPanel("people");
  else drawPanel();
}

// showView is what a phone shows: chats, chat or panel.
export function showView(name) {
  document.body.dataset.view = name;
}

export function openPanel(name) {
  shown = name;
  showView("panel");
  drawPanel();
}

export function closePanel() {
  const opener = $(`${shown}-toggle`);
  shown = "";
  showView("chat");
  drawPanel();
  opener?.focus();
}

const togglePanel = (name) => (shown === name ? closePanel() : openPanel(name));

// panelCovers tells whether an open panel stands over the chat, for Esc.
export const panelCovers = () => shown !== "" && !wide.matches;

export function drawPanel() {
  $("panel").hidden = shown === "";
  document.body.dataset.panel = shown;
  for (const name of ["people", "hood"]) {
    $(name).hidden = shown !== name;
    $(`${name}-toggle`).setAttribute("aria-expanded", String(shown === name));
  }
  if (!shown) return;
  $("panel-title").textContent = t(shown);
  $("panel").setAttribute("aria-label", t(shown));
  renderHood();
}
