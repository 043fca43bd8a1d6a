// Where an answer goes: who will read it there, and how much still fits. The server has the last word.

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const graphemes = (text) => [...letters.segment(text)].map((one) => one.segment);
const LINK = /https?:\/\/[^\s<>]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|it|eu|io|info|gov|edu|app|dev|uk|de|fr|es|ch|at|me|tv|co)(?:\/[^\s<>]*)?(?![\w@-])/gi;
const SIGN = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const SINGLE = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];
const weight = (point) => SINGLE.some(([low, high]) => point >= low && point <= high) ? 1 : 2;
const weighed = (text) => (text.match(LINK) || []).length * 23 + graphemes(text.replace(LINK, ""))
  .reduce((sum, one) => sum + (SIGN.test(one) ? 2 : [...one].reduce((all, letter) => all + weight(letter.codePointAt(0)), 0)), 0);
const MEASURES = {
  CHARACTER: (text) => [...text].length,
  GRAPHEME: (text) => graphemes(text).length,
  UTF16: (text) => text.length,
  X: (text) => weighed(text.normalize("NFC")),
};

function show() {
  const places = [...document.querySelectorAll("#componi .manners")];
  if (!places.length) return;
  const chosen = document.querySelector('#componi [name="via"]')?.value;
  for (const place of places) {
    if (chosen !== undefined) place.hidden = place.dataset.via !== chosen;
    const box = place.querySelector("[data-room]");
    if (!box || place.hidden) continue;
    const typed = document.getElementById("testo-risposta").value.trim();
    const { named, unit, longest } = place.dataset;
    const said = typed && named && !typed.toLowerCase().includes(named.toLowerCase()) ? `${named} ${typed}` : typed;
    const left = longest - MEASURES[unit](said);
    box.textContent = left;
    box.classList.toggle("bad", left < 0);
  }
}

document.addEventListener("input", ({ target }) => {
  if (target.closest("#componi")) show();
});
document.addEventListener("change", ({ target }) => {
  if (target.closest("#componi")) show();
});
document.addEventListener("htmx:afterSettle", show);
show();
