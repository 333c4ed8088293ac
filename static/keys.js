// Single keys that move about the pages, for whoever has them turned on. They do nothing while somebody is typing, with
// another key held down, or while a window of the page is open.
const help = document.querySelector("[data-keys]");
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const ROW = ".app-listing tbody th a, .app-rows__item > a, .app-deadlines__what > a:first-child, .app-board__card > a";

if (help) {
  const places = Object.fromEntries(help.dataset.keys.split(",").map((pair) => pair.split("=")));
  let going = false;

  const go = (key) => {
    const word = places[key];
    const links = [...document.querySelectorAll(".govuk-service-navigation__link")];
    links.find((link) => link.textContent.trim() === word)?.click();
  };
  const step = (by) => {
    const rows = [...document.querySelectorAll(ROW)];
    const at = rows.indexOf(document.activeElement);
    rows[Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
  };
  const tick = () => {
    const boxes = [...document.querySelectorAll(".app-lines__done input[type=checkbox]")];
    const next = boxes.find((box) => !box.checked);
    next?.focus();
    next?.click();
  };
  const keys = {
    "/": () => document.querySelector("#search")?.focus(),
    "?": () => help.showModal(),
    j: () => step(1),
    k: () => step(-1),
    x: tick,
    b: () => document.querySelector(".govuk-back-link")?.click(),
    g: () => { going = true; setTimeout(() => { going = false; }, 1500); },
  };

  document.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING) || document.querySelector("dialog[open]");
    if (busy) return;
    const act = going ? () => go(event.key) : keys[event.key];
    going = false;
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
