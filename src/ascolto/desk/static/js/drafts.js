// What is typed is saved after a pause of 800 ms, on leaving the field, and on leaving the page.

const words = JSON.parse(document.getElementById("parole").textContent);
const saved = new WeakMap(); // field -> the text the server has
let timer;

const known = (field) => (saved.has(field) ? saved.get(field) : field.defaultValue);
const say = (sentence) => document.getElementById("salvata")?.replaceChildren(sentence);

async function save(field, keepalive = false) {
  clearTimeout(timer);
  if (!field || field.value === known(field)) return;
  const [before, text] = [known(field), field.value];
  const body = new FormData();
  for (const name of ["kind", "csrfmiddlewaretoken"]) body.set(name, field.form.elements[name].value);
  body.set("text", text);
  saved.set(field, text);
  try {
    const answer = await fetch(field.dataset.draft, { method: "POST", body, keepalive });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    say(words.saved.replace("%s", new Date().toTimeString().slice(0, 5)));
  } catch {
    saved.set(field, before); // tried again at the next pause
    say(words.unsaved);
  }
}

document.addEventListener("input", ({ target }) => {
  if (!target.dataset.draft) return;
  clearTimeout(timer);
  timer = setTimeout(() => save(target), 800);
});
document.addEventListener("focusout", ({ target }) => target.dataset.draft && save(target));
addEventListener("pagehide", () => {
  for (const field of document.querySelectorAll("[data-draft]")) save(field, true);
});
// Sending uses the draft up: a late save must not bring it back.
document.addEventListener("submit", ({ target }) => {
  clearTimeout(timer);
  for (const field of target.querySelectorAll("[data-draft]")) saved.set(field, field.value);
}, true);
