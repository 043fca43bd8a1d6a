// Clocks go on between two pages, and the seconds before an answer leaves are counted.

const words = JSON.parse(document.getElementById("parole").textContent);
const put = (pattern, values) =>
  pattern.replace(/%(?:\((\w+)\))?(02)?[ds]/g, (_, name, two) =>
    String(name ? values[name] : values).padStart(two ? 2 : 0, "0"));

function short(milliseconds) {
  const all = Math.floor(milliseconds / 60000);
  if (all < 1) return words.less;
  const [d, h, m] = [Math.floor(all / 1440), Math.floor((all % 1440) / 60), all % 60];
  if (d) return h ? put(words.dh, { d, h }) : put(words.d, d);
  if (h) return m ? put(words.hm, { h, m }) : put(words.h, h);
  return put(words.min, m);
}

function moment(due, now) {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: words.zone };
  if (due - now > 864e5) form.weekday = "short";
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(due);
}

function draw(clock, now) {
  const due = Date.parse(clock.dataset.due);
  const start = Date.parse(clock.dataset.start) || now;
  const gone = now >= due ? 100 : Math.round((100 * (now - start)) / Math.max(1, due - start));
  const warned = Date.parse(clock.dataset.warn) <= now;
  clock.classList.toggle("bad", gone >= 90);
  clock.classList.toggle("warn", gone < 90 && warned);
  clock.querySelector(".ring").style.setProperty("--p", gone);
  const said = clock.querySelector(".tick, .sr");
  const left = short(Math.abs(due - now));
  // Cut off from the server, only the deadline is still true.
  const cutOff = document.body.classList.contains("stale");
  said.textContent = now >= due ? left === words.less ? words.over : put(words.late, left)
    : cutOff ? put(words.at, moment(due, now))
    : !("within" in clock.dataset) ? left
    : left === words.less ? words.soon : put(words.within, left);
}

function tick() {
  const now = Date.now();
  for (const clock of document.querySelectorAll(".clock[data-due]")) draw(clock, now);
}

function count() {
  for (const box of document.querySelectorAll("[data-until]")) {
    const left = Math.ceil((Date.parse(box.dataset.until) - Date.now()) / 1000);
    const said = box.querySelector("[data-left]");
    if (left > 0) { said.textContent = put(words.seconds, left); continue; }
    if (box.matches(".toast")) { box.remove(); continue; }
    box.removeAttribute("data-until");
    box.closest("li").querySelector("form")?.remove();
    said.textContent = words.gone;
  }
}

setInterval(tick, 20000);
setInterval(count, 1000);
addEventListener("ascolto:stream", tick);
document.addEventListener("htmx:afterSettle", count);
