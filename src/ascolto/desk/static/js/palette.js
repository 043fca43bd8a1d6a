// The command palette: Ctrl K anywhere, also while writing. What the page can do (its own buttons,
// with their keys), where one can go, cases and people by typing, macros into the answer.

const byId = (id) => document.getElementById(id);
const palette = byId("comandi"), field = byId("comandi-cerca"), list = byId("comandi-lista");
const said = palette.dataset;
const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const visible = (element) => element.getClientRects().length > 0;

// A button's own words, without its key, its count or what only a screen reader hears.
function named(element) {
  if (element.ariaLabel) return element.ariaLabel;
  const copy = (element.closest("label") || element).cloneNode(true);
  for (const part of copy.querySelectorAll("kbd, .n, .sr, .muted, svg")) part.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

// What can be pressed here, each key once: the first that can be seen has it.
function pressable() {
  const keyed = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    const { key } = element.dataset;
    if (!keyed.has(key) && (visible(element) || element.type === "radio")) keyed.set(key, element);
  }
  return keyed;
}

function commands() {
  const rows = [...pressable()].filter(([key]) => key !== "u")
    .map(([key, element]) => ({ title: named(element), keys: [key], element }));
  const menu = document.querySelectorAll(".main .menu :is(a, button).btn:not([data-key])");
  for (const element of menu) rows.push({ title: named(element), keys: [], element });
  return rows;
}

function places() {
  return [...document.querySelectorAll(".nav a.item")].filter(visible).map((element) => ({
    title: named(element), keys: element.dataset.go ? ["g", element.dataset.go] : [], element,
  }));
}

const fits = (row, words) => words.every((word) => fold(row.title).includes(word));
let here = [], go = [], shown = [], asked = 0, moved = false, waiting, found = { cases: [], people: [], macros: [] };

function groups() {
  const typed = field.value.trim();
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const number = document.querySelector("[data-case]")?.dataset.case;
  const everywhere = { title: said.search.replace("%s", typed), keys: [], address: `${said.searches}?q=${encodeURIComponent(typed)}` };
  return [
    [number ? said.on.replace("%s", `C-${number}`) : said.here, here.filter((row) => fits(row, words))],
    [said.cases, found.cases], [said.people, found.people], [said.macros, found.macros],
    [said.go, go.filter((row) => fits(row, words))],
    [said.all, typed ? [everywhere] : []],
  ].filter(([, rows]) => rows.length);
}

// The letters that were typed, underlined where the title has them.
function marked(title, words) {
  const folded = fold(title);
  const line = document.createElement("span");
  const at = words.length ? folded.indexOf(words[0]) : -1;
  line.className = "grow";
  if (at < 0 || folded.length !== title.length) { line.textContent = title; return line; }
  const mark = document.createElement("mark");
  mark.textContent = title.slice(at, at + words[0].length);
  line.append(title.slice(0, at), mark, title.slice(at + words[0].length));
  return line;
}

function option(row, position, words) {
  const line = document.createElement("div");
  Object.assign(line, { id: `comando-${position}`, role: "option", className: "cmd" });
  line.append(marked(row.title, words));
  if (row.more) {
    const more = document.createElement("span");
    Object.assign(more, { className: "xs muted ell", textContent: row.more });
    line.append(more);
  }
  for (const key of "keys" in document.body.dataset ? row.keys : []) {
    const kbd = document.createElement("kbd");
    kbd.textContent = key;
    line.append(kbd);
  }
  return line;
}

function draw() {
  const words = fold(field.value.trim()).split(/\s+/).filter(Boolean);
  // What arrives later takes the first place, unless somebody has chosen already.
  const kept = moved ? shown[selected()]?.title : undefined;
  shown = [];
  list.replaceChildren(...groups().map(([title, rows], number) => {
    const group = document.createElement("div");
    const head = document.createElement("div");
    Object.assign(head, { id: `comandi-${number}`, className: "grp", textContent: title });
    group.role = "group";
    group.setAttribute("aria-labelledby", head.id);
    group.append(head, ...rows.map((row) => option(row, shown.push(row) - 1, words)));
    return group;
  }));
  mark(Math.max(0, shown.findIndex((row) => moved && row.title === kept)));
}

const options = () => [...list.querySelectorAll("[role=option]")];
const selected = () => options().findIndex((line) => line.ariaSelected === "true");

function mark(place) {
  for (const [at, line] of options().entries()) line.ariaSelected = String(at === place);
  const line = options()[place];
  line?.scrollIntoView({ block: "nearest" });
  if (line) field.setAttribute("aria-activedescendant", line.id);
  else field.removeAttribute("aria-activedescendant");
}

async function rows(address, typed) {
  const answer = await fetch(`${address}?q=${encodeURIComponent(typed)}`);
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return answer.json();
}

async function look() {
  const mine = ++asked, typed = field.value.trim();
  found = { cases: [], people: [], macros: [] };
  if (typed.length > 1) {
    const composer = byId("testo-risposta");
    const [things, macros] = await Promise.allSettled(
      [rows(said.find, typed), composer && said.macroList ? rows(said.macroList, typed) : []]);
    if (mine !== asked || !palette.open) return;
    byId("comandi-stato").textContent = things.status === "rejected" ? said.failed : "";
    for (const kind of ["cases", "people"]) {
      found[kind] = (things.value?.[kind] || []).map((one) => ({ ...one, keys: [] }));
    }
    found.macros = (macros.value || []).map(({ id, title, about, kind }) => ({ title, more: about, keys: [], macro: id, kind }));
  }
  draw();
}

function run(row) {
  if (!row) return;
  palette.close(); // focus goes back to where it was, before the command moves it
  if (row.macro) document.dispatchEvent(new CustomEvent("ascolto:macro", { detail: { id: row.macro, kind: row.kind } }));
  else if (row.address) location.assign(row.address);
  else act(row);
}

// News may have drawn a button anew since the palette opened: the one that stands there now.
function act({ title, element }) {
  const now = element.isConnected ? element : commands().find((row) => row.title === title)?.element;
  if (now?.matches("input[type=search]")) now.focus();
  else now?.click();
}

function open() {
  [here, go, shown, moved] = [commands(), places(), [], false];
  found = { cases: [], people: [], macros: [] };
  field.value = "";
  palette.showModal();
  field.focus();
  draw();
}

addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (key.toLowerCase() !== "k" || ctrlKey === metaKey || altKey || shiftKey || event.isComposing) return;
  if (palette.open) { event.preventDefault(); palette.close(); return; }
  if (document.querySelector("dialog:modal")) return; // one question at a time
  event.preventDefault();
  open();
});
field.addEventListener("keydown", (event) => {
  const last = options().length - 1, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) moved = true;
  if (step) mark((selected() + step + last + 1) % (last + 1));
  else if (event.key === "Enter" && !event.isComposing) run(shown[selected()]);
  else return;
  event.preventDefault();
});
field.addEventListener("input", () => {
  moved = false;
  draw();
  clearTimeout(waiting);
  waiting = setTimeout(look, 20);
});
palette.addEventListener("click", ({ target }) => {
  const line = target.closest("[role=option]");
  if (line) run(shown[options().indexOf(line)]);
  else if (target === palette) palette.close();
});
document.addEventListener("click", ({ target }) => { if (target.closest("[data-palette]")) open(); });

// The list of keys is made of what stands on the page: it cannot tell what is not so.
function listKeys() {
  const fill = (box, pairs) => {
    byId(box).replaceChildren(...pairs.flatMap(([keys, words]) => {
      const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
      for (const key of keys) {
        const kbd = document.createElement("kbd");
        kbd.textContent = key;
        term.append(kbd, " ");
      }
      meaning.textContent = words;
      return [term, meaning];
    }));
    byId(box).closest("section").hidden = !pairs.length || !("keys" in document.body.dataset);
  };
  const pairs = [...pressable()].filter(([key]) => !["u", "?"].includes(key));
  fill("tasti-qui", pairs.map(([key, element]) => [[key], named(element)]));
  fill("tasti-vai", places().filter((row) => row.keys.length).map((row) => [row.keys, row.title]));
}
function showKeys() {
  listKeys();
  byId("tasti").showModal();
}
document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-dialog=tasti]")) listKeys();
}, true);
document.addEventListener("ascolto:keys", showKeys);
