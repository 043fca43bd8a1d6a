// A suggested answer into the box, as if typed: undone by the browser's own undo, never sent by
// itself. What was used goes with the answer.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-insert]");
  const field = document.getElementById("testo-risposta");
  if (!button || !field) return;
  const source = button.dataset.insert;
  const text = document.querySelector(`template[data-text="${CSS.escape(source)}"]`)?.content.textContent || "";
  document.getElementById("modo-risposta").click();
  field.focus();
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const sources = (button.dataset.sources || source).split(" ");
  const macros = sources.filter((one) => /^macro:\d+$/.test(one)).map((one) => ["macro", one.slice(6)]);
  for (const [name, value] of [...sources.map((one) => ["fonte", one]), ...macros]) {
    const used = document.createElement("input");
    Object.assign(used, { type: "hidden", name, value });
    field.form.append(used);
  }
});
