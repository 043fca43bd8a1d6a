// Small manners of the page: dialogs, focus, the line that is open, scrolling, files, failures.

const byId = (id) => document.getElementById(id);

function openDialogs(root) {
  for (const dialog of root.querySelectorAll("dialog[open]:not(:modal)")) {
    dialog.close();
    dialog.showModal();
  }
}

function atTheEnd() {
  const box = document.querySelector("[data-scroll]");
  if (box) box.scrollTop = box.scrollHeight;
}

function markOpenLine() {
  for (const line of document.querySelectorAll(".it")) {
    if (line.pathname === location.pathname) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const closer = event.target.closest("[data-close]");
  if (opener && byId(opener.dataset.dialog)) {
    event.preventDefault();
    opener.closest("details")?.removeAttribute("open");
    byId(opener.dataset.dialog).showModal();
  } else if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});
document.addEventListener("change", ({ target }) => {
  if (target.dataset.focus) byId(target.dataset.focus)?.focus();
});
document.addEventListener("click", ({ target }) => {
  if (target.dataset.focus) byId(target.dataset.focus)?.focus(); // pressed again: it is chosen already
});

let wasAtTheEnd = true;
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const box = document.querySelector("[data-scroll]");
  wasAtTheEnd = !box || box.scrollHeight - box.scrollTop - box.clientHeight < 60;
});
// A part that is being used is not taken away from under the hand.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  if (target.contains(document.activeElement) || target.querySelector("details[open]")) {
    event.detail.shouldSwap = false;
  }
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { target } = detail;
  if (target.id === "caso") {
    openDialogs(target);
    atTheEnd();
    (target.querySelector("[aria-invalid=true], [autofocus]") || byId("titolo"))?.focus();
    // One's own deed moves the line at once, whatever the stream does.
    if (detail.requestConfig.verb === "post" && !document.querySelector("[data-next-page]")) {
      window.htmx.trigger("#righe", "rinfresca");
    }
  } else if (target.id === "storia" && wasAtTheEnd) {
    atTheEnd();
  }
  markOpenLine();
});
document.addEventListener("htmx:pushedIntoHistory", markOpenLine);
document.addEventListener("htmx:afterRequest", ({ target }) => {
  if ("upload" in (target.dataset || {})) target.value = ""; // the files are on the draft now
});
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    byId("guasto").hidden = false;
    setTimeout(() => { byId("guasto").hidden = true; }, 8000);
  });
}
for (const toast of document.querySelectorAll("[data-passing]")) setTimeout(() => toast.remove(), 6000);
for (const button of document.querySelectorAll("button[data-dialog][hidden]")) button.hidden = false;
openDialogs(document);
atTheEnd();
