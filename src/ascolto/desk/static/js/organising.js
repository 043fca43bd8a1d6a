// Sheets: drawn into #foglio, opened over the page, with keys of their own. And what is chosen.

const byId = (id) => document.getElementById(id);
const writing = (element) =>
  element.closest("textarea, select, input:not([type=radio], [type=checkbox])");

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "foglio") return;
  const dialog = detail.target.querySelector("dialog[open]");
  if (!dialog) return;
  dialog.close();
  dialog.showModal();
  // The menu it was chosen from shuts, and has the keys again when the sheet is closed: that menu,
  // or the one that news have drawn in its place.
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    dialog.addEventListener("close", () => {
      const stands = menu.isConnected ? menu : document.querySelector("#testa details.menu");
      if (!dialog.open) stands?.querySelector("summary").focus();
    });
  }
  const first = ["[aria-invalid=true]", "[autofocus]", ".btn[type=submit]"]
    .map((one) => dialog.querySelector(one)).find(Boolean);
  first?.focus();
  // What is begun is gone on with.
  if (first?.matches("textarea")) first.setSelectionRange(first.value.length, first.value.length);
});
document.addEventListener("keydown", (event) => {
  const sheet = document.querySelector("dialog.sheet:modal");
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (!sheet || ctrlKey || metaKey || altKey || writing(target)) return;
  if (!("keys" in document.body.dataset) || key.length !== 1) return;
  const wanted = sheet.querySelector(`[data-sheet-key="${CSS.escape(key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("input:not([type=checkbox])")) wanted.focus();
  else wanted.click();
});
// An undo stays as long as it takes to read it.
document.addEventListener("htmx:oobAfterSwap", () => {
  for (const toast of document.querySelectorAll("[data-undo]")) setTimeout(() => toast.remove(), 10000);
});

// What is ticked: the bar says how many; "x" ticks the line that has focus, or is open.
const ticks = () => [...document.querySelectorAll("#righe .choose")];
function count() {
  const bar = byId("insieme");
  if (!bar) return;
  const chosen = ticks().filter((one) => one.checked).length;
  bar.hidden = chosen === 0;
  bar.querySelector("[data-chosen]").textContent = chosen;
  byId("righe").classList.toggle("some", chosen > 0);
}
const lines = () => [...document.querySelectorAll("#righe .it")];
let kept = [], place = -1, path = "";
document.addEventListener("change", ({ target }) => { if (target.matches(".choose")) count(); });
// Whoever lets them go is again at the first of them: the bar he stood in goes away.
document.addEventListener("reset", ({ target }) => {
  const first = ticks().find((one) => one.checked);
  setTimeout(() => {
    count();
    if (target.id === "insieme") first?.closest("li").querySelector(".it").focus();
  });
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "righe") return;
  kept = ticks().filter((one) => one.checked).map((one) => one.value);
  place = lines().indexOf(document.activeElement);
  path = document.activeElement.pathname;
});
// News redraw the list: ticks stay, and who walks through it stays at his line, or where it was.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id !== "righe") return;
  for (const one of ticks()) one.checked = kept.includes(one.value);
  count();
  if (place < 0) return;
  const line = lines().find((one) => one.pathname === path) || lines()[place] || lines().at(-1);
  line?.focus({ preventScroll: true });
});
document.addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (key !== "x" || ctrlKey || metaKey || altKey || writing(target)) return;
  if (!("keys" in document.body.dataset) || document.querySelector("dialog:modal")) return;
  const line = target.closest("#righe li") || document.querySelector("#righe .it[aria-current]")?.closest("li");
  line?.querySelector(".choose")?.click();
});
count();
