// Single letters, only outside of fields and only without a modifier; Ctrl+Enter and Esc anywhere.
// A key presses what carries its name (`data-key`), so the buttons themselves are the list of keys.

const writing = (element) =>
  element.closest("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
const visible = (element) => element.getClientRects().length > 0;
const lines = () => [...document.querySelectorAll(".it")].filter(visible);

function step(by) {
  const all = lines();
  const here = all.indexOf(document.activeElement);
  const open = all.findIndex((line) => line.hasAttribute("aria-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, (here < 0 ? open : here) + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(name) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`)]
    .find((element) => visible(element) || element.type === "radio");
  if (target?.matches("input[type=search]")) target.focus();
  else target?.click();
  return Boolean(target);
}

function leave(event) {
  if (document.querySelector("dialog:modal")) return; // Esc closes it by itself
  if (writing(event.target)) event.target.blur(); // the draft is saved on blur
  else if (location.hash === "#cliente") location.hash = "titolo";
  else back();
}

function back() {
  const current = lines().find((line) => line.hasAttribute("aria-current"));
  if (current) current.focus(); else press("u");
}

let went = 0; // when "g" was pressed: the next letter says where to
const acts = {
  j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
  o: () => document.activeElement.matches(".it") && document.activeElement.click(),
  u: back,
  g: () => { went = Date.now(); },
  "?": () => document.dispatchEvent(new CustomEvent("ascolto:keys")),
};

function letter(event) {
  const { key } = event;
  if (Date.now() - went < 1500 && key !== "g") {
    went = 0;
    document.querySelector(`[data-go="${CSS.escape(key)}"]`)?.click();
    return true;
  }
  if (key.startsWith("Arrow") && !event.target.matches(".it")) return false; // they scroll
  if (acts[key]) { acts[key](); return true; }
  return key.length === 1 && press(key);
}

addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (key === "Enter" && (ctrlKey || metaKey) && target.matches("textarea.txt")) {
    event.preventDefault();
    target.form.querySelector("[data-send]").click();
  } else if (key === "Escape") {
    leave(event);
  } else if (!ctrlKey && !metaKey && !altKey && !writing(target) && "keys" in document.body.dataset) {
    if (!document.querySelector("dialog:modal") && letter(event)) event.preventDefault();
  }
});
