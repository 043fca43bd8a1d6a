// Writing together: who is here, macros at "/", colleagues at "@", files by drop and by paste.

const byId = (id) => document.getElementById(id);
const dock = () => byId("componi");

// --- presence: this screen says what it does, and hears who else is at the case
const EVERY = 20000, WRITING = 25000, SETTLED = 150; // milliseconds
let typedAt = -Infinity, saidAt = -Infinity, place = "";
let told = "", arriving; // where the others know this screen to be

// Who leaves a case for the list has no form left to take it from.
let known = "";
function token() {
  known = dock()?.querySelector("[name=csrfmiddlewaretoken]")?.value || known;
  return known;
}

function tell(mode, address, keepalive = false) {
  const body = new FormData();
  body.set("mode", mode);
  body.set("csrfmiddlewaretoken", token());
  return fetch(address, { method: "POST", body, keepalive, headers: { "HX-Request": "true" } });
}

async function beat() {
  const line = byId("accanto");
  if (!line || document.visibilityState !== "visible") return;
  const writes = Date.now() - typedAt < WRITING;
  saidAt = Date.now();
  try {
    const answer = await tell(writes ? "WRITES" : "READS", line.dataset.beat);
    if (answer.ok && !answer.redirected && answer.status === 200) draw(await answer.text(), line);
  } catch { /* the next beat says it; the banner tells of a lost connection */ }
}

// What somebody reads is not taken away from under his eyes.
function draw(html, line) {
  if (!line.isConnected || line.querySelector("details[open]") || line.contains(document.activeElement)) return;
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("accanto");
  if (fresh && fresh.innerHTML !== line.innerHTML) line.innerHTML = fresh.innerHTML;
}

function arrive() {
  const now = byId("accanto")?.dataset.beat || "";
  if (now === place) return;
  place = now;
  typedAt = -Infinity;
  // First the case is seen; and who only passes through tells nobody.
  clearTimeout(arriving);
  arriving = setTimeout(() => {
    leave();
    told = place;
    beat();
  }, SETTLED);
}

function leave() {
  if (told && told !== place) tell("LEAVES", told, true).catch(() => {});
}

setInterval(beat, EVERY);
addEventListener("ascolto:presence", beat); // somebody came, or writes: see who
document.addEventListener("visibilitychange", beat);
document.addEventListener("htmx:afterSettle", arrive);
addEventListener("pagehide", () => { place = ""; leave(); });
document.addEventListener("input", ({ target }) => {
  if (!target.matches("#componi [data-draft]")) return;
  const quiet = Date.now() - typedAt > WRITING;
  typedAt = Date.now();
  if (quiet || typedAt - saidAt > EVERY) beat();
});

// --- the list of macros or colleagues: a combobox above the box it writes into
let into = null, sign = "", from = "", asked = 0, waiting;
const box = () => byId("scelta");
const search = () => byId("scelta-cerca");
const options = () => [...byId("scelta-lista").children];

function open(kind, field, typed = "") {
  into = field;
  sign = typed;
  from = dock().dataset[kind];
  box().dataset.kind = kind;
  box().hidden = false;
  search().ariaLabel = search().dataset[`${kind}Name`];
  search().value = "";
  search().focus();
  look();
}

// What was chosen is put in also when the list is gone by then: the click that chose it in the
// palette is one outside of the list.
function close(text = "") {
  if (box().hidden && !text) return;
  box().hidden = true;
  into.focus();
  if (text) put(text);
}

// As if typed: at the cursor, undone by the browser's own undo, and saved as a draft.
function put(text) {
  if (document.execCommand("insertText", false, text)) return;
  into.setRangeText(text, into.selectionStart, into.selectionEnd, "end");
  into.dispatchEvent(new Event("input", { bubbles: true }));
}

async function look() {
  const mine = ++asked;
  const address = new URL(from, location.href);
  address.searchParams.set("q", search().value);
  try {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const rows = await answer.json();
    if (mine === asked) list(rows);
  } catch { if (mine === asked) list([], box().dataset.failed); }
}

function list(rows, sentence = box().dataset.none) {
  byId("scelta-lista").replaceChildren(...rows.map((row, place) => {
    const line = document.createElement("li");
    const about = document.createElement("span");
    Object.assign(line, { id: `scelta-${place}`, role: "option" });
    line.dataset.id = row.id;
    line.dataset.title = row.title;
    line.dataset.kind = row.kind || "macro";
    about.textContent = row.about;
    line.append(row.title, " ", about);
    return line;
  }));
  byId("scelta-stato").textContent = rows.length ? "" : sentence;
  mark(0);
}

function mark(place) {
  const all = options();
  for (const [at, line] of all.entries()) line.ariaSelected = String(at === place);
  all[place]?.scrollIntoView({ block: "nearest" });
  if (all[place]) search().setAttribute("aria-activedescendant", all[place].id);
  else search().removeAttribute("aria-activedescendant");
}

async function choose(line) {
  if (!line) return;
  if (box().dataset.kind === "people") { close(`@${line.dataset.title} `); return; }
  try {
    const { kind = "macro" } = line.dataset, { macro, article } = dock().dataset;
    const place = (kind === "macro" ? macro : article).replace("/0/", `/${line.dataset.id}/`);
    const answer = await fetch(kind === "link" ? `${place}?link=1` : place);
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const { id, text } = await answer.json();
    const sources = kind === "macro" ? { macro: id, fonte: `macro:${id}` } : { fonte: `article:${id}` };
    for (const [name, value] of Object.entries(sources)) {
      const used = document.createElement("input");
      Object.assign(used, { type: "hidden", name, value });
      into.form.append(used);
    }
    close(text);
  } catch { byId("scelta-stato").textContent = box().dataset.failed; }
}

function keys(event) {
  const all = options();
  const here = all.findIndex((line) => line.ariaSelected === "true");
  const { key } = event;
  if (key === "ArrowDown") mark(Math.min(all.length - 1, here + 1));
  else if (key === "ArrowUp") mark(Math.max(0, here - 1));
  else if (key === "Enter") choose(all[here]);
  else if (key === "Escape") close(sign);
  else if (key === "Backspace" && !search().value) close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.id === "scelta-cerca") { keys(event); return; }
  const kind = { "testo-risposta": { "/": "macros" }, "testo-nota": { "@": "people" } }[target.id]?.[key];
  // Only where a word begins: "e/o" and addresses are typed as they are.
  if (!kind || !/(^|\s)$/.test(target.value.slice(0, target.selectionStart))) return;
  event.preventDefault();
  open(kind, target, key);
}, true);
document.addEventListener("input", ({ target }) => {
  if (target.id !== "scelta-cerca") return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 120);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-pick]");
  if (button) open(button.dataset.pick, byId(button.dataset.pick === "people" ? "testo-nota" : "testo-risposta"));
  else if (target.closest("#scelta-lista li")) choose(target.closest("#scelta-lista li"));
  else if (box() && !target.closest("#scelta")) box().hidden = true;
});
// The command palette, and whoever else, puts a macro in by its id.
document.addEventListener("ascolto:macro", ({ detail }) => {
  byId("modo-risposta").click();
  into = byId("testo-risposta");
  const line = document.createElement("li");
  Object.assign(line.dataset, { id: detail.id, kind: detail.kind || "macro" });
  box().dataset.kind = "macros";
  box().hidden = false;
  choose(line);
});

// --- files: dropped on the composer, or pasted into the answer
function attach(files) {
  const input = document.querySelector("#componi [data-upload]");
  if (!files.length || !input) return false;
  const bag = new DataTransfer();
  for (const file of files) bag.items.add(file);
  input.files = bag.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

const over = ({ target, dataTransfer }) =>
  dataTransfer?.types.includes("Files") && target.closest?.("#componi .composer:has(#modo-risposta:checked)");
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const composer = over(event);
    if (!composer) return;
    event.preventDefault();
    composer.classList.toggle("dropping", kind === "dragenter" || kind === "dragover");
    if (kind === "drop") attach([...event.dataTransfer.files]);
  });
}
document.addEventListener("paste", (event) => {
  if (event.target.id !== "testo-risposta") return;
  if (attach([...event.clipboardData.files])) event.preventDefault();
});

// --- what needs script is offered only now
function ready() {
  for (const button of document.querySelectorAll("[data-pick]")) button.hidden = false;
}
document.addEventListener("htmx:afterSettle", ready);
ready();
arrive();
