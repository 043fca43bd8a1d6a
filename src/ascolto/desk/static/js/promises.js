// A promise in what is being written is offered as a clock: a ticked box below the words.

const byId = (id) => document.getElementById(id);
let timer;
let asked = 0; // only the answer to the newest question counts
const refused = new Set(); // promises that somebody unticked stay unticked

function field(name, value) {
  const input = document.createElement("input");
  return Object.assign(input, { type: "hidden", name, value });
}

function draw(place, found) {
  const known = place.querySelector("[name=promessa_entro]")?.value;
  if (known === found.due_at && place.textContent.trim() === found.label) {
    place.querySelector("[name=promessa]").value = found.words;
    return;
  }
  if (!found.due_at) return place.replaceChildren();
  const chip = document.createElement("label");
  const box = document.createElement("input");
  const hidden = [field("promessa", found.words), field("promessa_entro", found.due_at)];
  chip.className = "chip promise";
  box.type = "checkbox";
  box.checked = !refused.has(found.due_at);
  const obey = () => {
    for (const input of hidden) input.disabled = !box.checked;
    refused[box.checked ? "delete" : "add"](found.due_at);
  };
  box.addEventListener("change", obey);
  obey();
  chip.append(found.label, " ", box);
  place.replaceChildren(chip, ...hidden);
}

async function look() {
  const [text, place] = [byId("testo-risposta"), byId("promessa-rilevata")];
  if (!text || !place) return;
  const mine = ++asked;
  if (!text.value.trim()) { place.replaceChildren(); return; }
  const body = new FormData();
  body.set("text", text.value.slice(-4000));
  body.set("csrfmiddlewaretoken", text.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(place.dataset.notice, { method: "POST", body });
    if (answer.ok && !answer.redirected && mine === asked) draw(place, await answer.json());
  } catch { /* without the server nothing is offered; what is there stays */ }
}

document.addEventListener("input", ({ target }) => {
  if (target.id !== "testo-risposta") return;
  clearTimeout(timer);
  timer = setTimeout(look, 500);
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "caso") { refused.clear(); look(); }
});
look();
