// The theme, before the first paint: what the reader chose here earlier, else what the system prefers.
// A classic script on purpose: modules run too late and would flash the other theme.
(() => {
  const remembered = "whois24.theme";
  const root = document.documentElement;
  const saved = localStorage.getItem(remembered);
  if (saved === "light" || saved === "dark") root.dataset.theme = saved;

  function toggle() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem(remembered, root.dataset.theme);
  }

  document.addEventListener("DOMContentLoaded", () => document.getElementById("theme").addEventListener("click", toggle));
})();
