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
  (dialog.querySelector("[aria-invalid=true], [autofocus]") || dialog.querySelector(".btn[type=submit]"))?.focus();
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
