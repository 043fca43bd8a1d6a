// Small manners of the page: dialogs, focus, the line that is open, scrolling, files, failures.

const byId = (id) => document.getElementById(id);
const atTheEnd = () => document.querySelector("[data-scroll]")?.scrollTo(0, 1e9);

// Focus goes to the first thing to fill in, so that nothing typed at once is lost.
function open(dialog) {
  dialog.showModal();
  focus(dialog.querySelector("textarea, select, input:not([type=hidden])"));
}

function openDialogs(root) {
  for (const dialog of root.querySelectorAll("dialog[open]:not(:modal)")) {
    dialog.close();
    open(dialog);
  }
}

// What comes for a case that is not on the screen any more is not drawn.
function onlyWhileHere() {
  byId("storia")?.addEventListener("htmx:beforeOnLoad", (event) => {
    if (!event.target.isConnected) event.preventDefault();
  });
}

// At the end of what stands there, to go on writing.
function focus(element) {
  element?.focus();
  if (element?.matches("textarea")) element.setSelectionRange(element.value.length, element.value.length);
}

function markOpenLine() {
  for (const line of document.querySelectorAll(".it")) {
    line.ariaCurrent = line.pathname === location.pathname ? "true" : null;
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const closer = event.target.closest("[data-close]");
  if (opener || closer) event.preventDefault(); // without script they are links
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (opener || !menu.contains(event.target)) menu.removeAttribute("open");
  }
  if (opener && byId(opener.dataset.dialog)) open(byId(opener.dataset.dialog));
  closer?.closest("dialog").close();
});
// Choosing what to write goes there, also when it is chosen already.
for (const kind of ["change", "click"]) {
  document.addEventListener(kind, ({ target }) => byId(target.dataset?.focus)?.focus());
}

let wasAtTheEnd = true;
let below = 0; // how much of the history stood below the upper edge
let past = null; // what somebody went back to, in the case that is drawn anew
let within = ""; // the heading of the part one was in, when it is drawn anew
let typed = []; // what stands in the boxes of the case that is redrawn
let writing = null; // the box of it somebody has gone on to meanwhile, and where in it he is
const caseNow = () => document.querySelector("[data-case]")?.dataset.case;
const doneAt = new WeakMap(); // a deed under way -> the case it was done at
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig.verb === "post") doneAt.set(detail.xhr, caseNow());
});
// Whoever went back in a case keeps what he reads: the rest begins where it began.
const wentBack = () => byId("prima")?.querySelector("ol") && byId("prima");
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!["caso", "storia"].includes(detail.target.id) || detail.elt.closest("#righe")) return;
  if (wentBack()) detail.parameters.inizio = wentBack().dataset.first;
});
// Whoever has gone on to another case stays there. What passes shows all the same, and so does
// that something did not go well.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr, shouldSwap, serverResponse } = event.detail;
  const left = doneAt.get(xhr);
  if (target.id !== "caso" || !shouldSwap || !left || left === caseNow()) return;
  event.preventDefault();
  window.htmx.swap(document.createElement("i"), serverResponse, { swapStyle: "none", ignoreTitle: true });
  if (xhr.status < 400) return;
  const link = byId("rimasto").querySelector("a");
  link.href = link.dataset.place.replace("0", left);
  byId("rimasto").hidden = false;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const box = document.querySelector("[data-scroll]");
  const used = detail.target.contains(document.activeElement) && document.activeElement;
  within = used && used.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
  below = box ? box.scrollHeight - box.scrollTop : 0;
  wasAtTheEnd = !box || below - box.clientHeight < 60;
  // A deed on words of the past may have changed them: they are asked for again.
  const { elt, verb } = detail.requestConfig;
  past = verb === "post" && wentBack() && !elt.closest("#prima, #foglio .sheet") ? [caseNow(), wentBack()] : null;
  typed = [...document.querySelectorAll("[data-draft]")]
    .filter((field) => field.form !== detail.requestConfig.elt) // its own answer decides
    .map((field) => [caseNow(), field.id, field.value]);
  const { id, selectionStart: from, selectionEnd: to } = document.activeElement;
  const kept = typed.find((one) => one[1] === id);
  writing = kept && { id, from, to, number: kept[0] };
});
// A part that is being used is not taken away from under the hand. The title only has the focus
// after a deed, and htmx gives it back. What passes is drawn after one's own deed, and only then.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  if (target.id === "avvisi") return;
  const { activeElement } = document;
  const used = activeElement.id !== "titolo" && target.contains(activeElement);
  // An open sheet of a telephone, drawn anew, would shut.
  const open = target.matches(":target") || target.querySelector("details[open]");
  if (used || open) event.detail.shouldSwap = false;
});
// What passes is put where it belongs on the page of the element that asked. News may have drawn
// that one anew meanwhile, and it stands on no page: then on the page of what it changes.
addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig, shouldSwap, serverResponse } = event.detail;
  if (target.id !== "caso" || !shouldSwap || event.defaultPrevented) return;
  if (requestConfig.verb !== "post" || requestConfig.elt.isConnected) return;
  event.preventDefault();
  const manner = { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 20 };
  window.htmx.swap(target, serverResponse, manner, { eventInfo: event.detail, contextElement: target });
});
// When another case comes from the list, htmx looks for what the two have in common and lets every
// element of the old one go, which takes longer than to draw the new one: it is put aside, and let
// go of after. At the window, when everybody else has looked at what stood there.
addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig, shouldSwap } = event.detail;
  if (target.id !== "caso" || !shouldSwap || event.defaultPrevented) return;
  if (!requestConfig.elt.closest("#righe")) return;
  const old = document.createElement("div");
  old.append(...target.childNodes);
  setTimeout(() => window.htmx.swap(old, "", { swapStyle: "innerHTML" }), 300);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { target } = detail;
  if (target.id === "caso") {
    // An answer that was called back is there again, with what was typed meanwhile below it.
    for (const [number, id, text] of typed) {
      if (number === caseNow() && byId(id) && !byId(id).autofocus) byId(id).value = text;
    }
    openDialogs(target);
    backAgain();
    atTheEnd();
    onlyWhileHere();
    if (!goOn()) focus(target.querySelector("[aria-invalid=true]") || target.querySelector("[autofocus]") || byId("titolo"));
    // One's own deed moves the line at once, whatever the stream does.
    if (detail.requestConfig.verb === "post" && !document.querySelector("[data-next-page]")) {
      window.htmx.trigger("#righe", "rinfresca");
    }
  } else if (target.id === "storia" && wasAtTheEnd) atTheEnd();
  else if (detail.elt.closest("#prima")) goneBack();
  else if (document.activeElement === document.body) stay(target);
  markOpenLine();
});
// What was read stays where it was; the keys stay on what leads further back.
function goneBack() {
  const box = document.querySelector("[data-scroll]");
  box.scrollTop = box.scrollHeight - below;
  if (document.activeElement === document.body) (byId("prima").querySelector(".more a") || box).focus({ preventScroll: true });
}
function backAgain() {
  if (past?.[0] !== caseNow() || past[1].dataset.first !== byId("prima")?.dataset.first) return;
  byId("prima").replaceWith(past[1]);
  window.htmx.process(past[1]);
}
// Whoever writes already goes on: letters that miss their box would be taken for keys.
function goOn() {
  const box = writing?.number === caseNow() && byId(writing.id);
  if (!box || document.querySelector("dialog:modal")) return false;
  box.focus();
  box.setSelectionRange(writing.from, writing.to);
  return true;
}
// The button that was pressed went with what was drawn anew: one stays where one was.
function stay(target) {
  if (target.id === "allegati") focus(byId("testo-risposta"));
  else if (within && byId(within)) {
    byId(within).tabIndex = -1;
    (byId(within).closest("section")?.querySelector("[aria-invalid=true]") || byId(within)).focus();
  }
}
document.addEventListener("htmx:pushedIntoHistory", markOpenLine);
document.addEventListener("htmx:afterRequest", ({ target }) => {
  if ("upload" in (target.dataset || {})) target.value = ""; // the files are on the draft now
});
const failed = (hidden) => { byId("guasto").hidden = hidden; };
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => { failed(false); setTimeout(failed, 8000, true); });
}
for (const toast of document.querySelectorAll("[data-passing]")) setTimeout(() => toast.remove(), 6000);
openDialogs(document);
onlyWhileHere();
atTheEnd();
