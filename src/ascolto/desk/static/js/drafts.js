// What is typed is saved after a pause of 800 ms, on leaving the field, and on leaving the page.
// `data-draft` stands on the text; fields that belong to it (addresses) carry `data-draft-part`.

const words = JSON.parse(document.getElementById("parole").textContent);
const saved = new WeakMap(); // the text's field -> what the server has of it
let timer;
// One save after the other: an older text must not arrive last.
let under = 0, last = Promise.resolve();

const parts = (field) => [field, ...(field.form?.querySelectorAll("[data-draft-part]") || [])];
const whole = (field, of) => JSON.stringify(parts(field).map((part) => [part.name, part[of]]));
const known = (field) => (saved.has(field) ? saved.get(field) : whole(field, "defaultValue"));
const say = (sentence) => document.getElementById("salvata")?.replaceChildren(sentence);
const textOf = (target) =>
  target.matches?.("[data-draft], [data-draft-part]") ? target.form?.querySelector("[data-draft]") : null;

async function save(field, keepalive = false) {
  clearTimeout(timer);
  if (!field || whole(field, "value") === known(field)) return;
  const [before, now] = [known(field), whole(field, "value")];
  const body = new FormData();
  for (const name of ["kind", "csrfmiddlewaretoken"]) body.set(name, field.form.elements[name].value);
  for (const part of parts(field)) body.set(part.name, part.value);
  saved.set(field, now);
  const post = () => fetch(field.dataset.draft, { method: "POST", body, keepalive });
  const answered = keepalive ? post() : last.then(post);
  under += 1;
  last = answered.catch(() => {}).finally(() => { under -= 1; });
  try {
    const answer = await answered;
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    say(words.saved.replace("%s", new Date().toTimeString().slice(0, 5)));
  } catch {
    saved.set(field, before); // tried again at the next pause
    say(words.unsaved);
  }
}

document.addEventListener("input", ({ target }) => {
  const field = textOf(target);
  if (!field) return;
  clearTimeout(timer);
  timer = setTimeout(() => save(field), 800);
});
document.addEventListener("focusout", ({ target }) => {
  const field = textOf(target);
  if (field) save(field);
});
addEventListener("pagehide", () => {
  for (const field of document.querySelectorAll("[data-draft]")) save(field, true);
});
// Sending uses the draft up: a late save must not bring it back. One that is under way (leaving the
// field for the button began it) is waited for.
document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  const fields = target.querySelectorAll("[data-draft]");
  clearTimeout(timer);
  for (const field of fields) saved.set(field, whole(field, "value"));
  if (!fields.length || !under || target.matches("[hx-post]")) return;
  event.preventDefault();
  last.then(() => target.requestSubmit(submitter));
}, true);
document.addEventListener("htmx:confirm", (event) => {
  const { verb, issueRequest } = event.detail;
  if (!under || verb !== "post") return;
  event.preventDefault();
  last.then(() => issueRequest(true));
});
