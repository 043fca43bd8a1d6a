// News draw a part of the page anew (`data-fresh`) and leave in it what somebody has just done
// there: a press that has not ended, pages he went on to, what he unfolded, the place of the keys.

let pressed = -Infinity; // since when a button, a finger or the space bar is down
const release = () => { pressed = -Infinity; };
addEventListener("pointerdown", () => { pressed = Date.now(); }, true);
addEventListener("keydown", ({ key }) => { if (key === " ") pressed = Date.now(); }, true);
for (const end of ["pointerup", "pointercancel", "dragend", "keyup"]) addEventListener(end, release, true);
// The window lost the keys. What had them before the press loses them by the press itself.
addEventListener("blur", ({ target }) => { if (target === window) release(); });
const isPressed = () => Date.now() - pressed < 3000;

// What it is to a person, drawn anew or not.
const sign = (one) =>
  [one.localName, one.getAttribute("href") ?? one.form?.action + one.textContent].join(" ");
const pressable = (part) => [...part.querySelectorAll("a[href], button, summary, input")];
const folds = (part) => [...part.querySelectorAll("details")];

// What was chosen last is what is shown: an older answer, or news asked for before, is not drawn
// over it. (Breaking them off would be told as an error by the browser.)
let requests = 0;
const begun = new WeakMap(); // a request -> its number
const chosen = new Map(); // a part, or the place of a case -> the number of the last choice in it
const underWay = new Map(); // a part -> the choice that has not been answered yet
const placeOf = ({ target, requestConfig: { elt, verb } }) => {
  const part = target.closest("[data-fresh]");
  return part && part !== elt ? part.id : verb === "get" && target.id === "caso" ? "caso" : "";
};
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  begun.set(detail.xhr, ++requests);
  const place = placeOf(detail);
  if (!place) return;
  chosen.set(place, requests);
  underWay.set(place, detail.xhr);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  for (const [place, xhr] of underWay) if (xhr === detail.xhr) underWay.delete(place);
});
const isOverruled = (id, xhr) =>
  chosen.get(id) > begun.get(xhr) || (underWay.has(id) && underWay.get(id) !== xhr);

// A view that was shared since this page was drawn has no place here for its number.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!("fresh" in detail.requestConfig.elt.dataset)) return;
  const come = document.createElement("template");
  come.innerHTML = detail.serverResponse;
  const lost = [...come.content.querySelectorAll("[id][hx-swap-oob]")]
    .filter(({ id: one }) => !document.getElementById(one));
  for (const one of lost) one.remove();
  if (lost.length) detail.serverResponse = come.innerHTML;
});

let unfolded = [], focused = "", among = 0, id = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target, requestConfig: { elt: part, verb } } = event.detail;
  id = "";
  if (target.id === "caso" && verb === "get" && isOverruled("caso", xhr)) event.preventDefault();
  if (!("fresh" in part.dataset)) return;
  const waits = isPressed() || isOverruled(part.id, xhr);
  // Whoever has gone on to later pages meanwhile would lose his place.
  if (waits || part.querySelector("[data-next-page]")) {
    event.preventDefault();
    if (waits) setTimeout(() => window.htmx.trigger(`#${part.id}`, "rinfresca"), 400);
    return;
  }
  const { activeElement } = document;
  id = part.id;
  unfolded = folds(part).filter((one) => one.open).map(sign);
  focused = part.contains(activeElement) && activeElement !== part ? sign(activeElement) : "";
  among = pressable(part).filter((one) => sign(one) === focused).indexOf(activeElement);
});
document.addEventListener("htmx:afterSwap", () => {
  const part = document.getElementById(id);
  id = "";
  if (!part) return;
  for (const one of folds(part)) if (unfolded.includes(sign(one))) one.open = true;
  if (!focused || document.activeElement !== document.body) return;
  const same = pressable(part).filter((one) => sign(one) === focused);
  (same[among] || same.at(-1))?.focus({ preventScroll: true });
});
