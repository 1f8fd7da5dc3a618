// A short note at the bottom of the page; the next one replaces it.
import { $ } from "./dom.js";

const shownFor = 3500; // ms
let timer = 0;

export function toast(text) {
  const node = $("toast");
  node.textContent = text;
  node.classList.add("shown");
  clearTimeout(timer);
  timer = setTimeout(() => node.classList.remove("shown"), shownFor);
}
