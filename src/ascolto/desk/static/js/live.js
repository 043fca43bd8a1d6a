// What happens elsewhere shows here by itself: events name a case, the page asks for its parts.

// The first news shows at once; a burst of it redraws the list now and then, and not on every
// desk in the same instant.
const soon = () => 100 + 200 * Math.random(); // milliseconds
const calm = () => 1500 + 1000 * Math.random();
let listAt = 0;
const banner = document.getElementById("senza");
let listTimer, caseTimer, countTimer, customerTimer, silent;

const again = (id) => document.getElementById(id) && window.htmx.trigger(`#${id}`, "rinfresca");
const openCase = () => document.querySelector(".thread[data-case]")?.dataset.case;
function freshList() {
  listTimer ??= setTimeout(() => {
    listTimer = null;
    listAt = Date.now();
    // Whoever has gone on to later pages would lose his place.
    if (!document.querySelector("#righe [data-next-page]")) again("righe");
  }, Math.max(soon(), listAt + calm() - Date.now()));
}

const freshCase = () => {
  caseTimer ??= setTimeout(() => { caseTimer = null; again("storia"); }, 150);
};
const freshAlerts = () => again("allarmi");
// Numbers may be some seconds old: many screens ask for them.
const freshCounts = () => {
  countTimer ??= setTimeout(() => { countTimer = null; again("conteggi"); }, 2 * calm());
};
// The page of a customer, unless somebody has gone on to what was before.
const ofCustomer = (id) =>
  document.getElementById("vivo")?.dataset.customers.split(",").includes(String(id));
const freshCustomer = () => {
  customerTimer ??= setTimeout(() => {
    customerTimer = null;
    if (!document.querySelector("#vivo [data-next-page]")) again("vivo");
  }, 300);
};
const everything = () => { freshCustomer(); freshList(); freshCase(); freshCounts(); freshAlerts(); };

function connect() {
  const stream = new EventSource("/eventi/");
  let lost = false, first = true;
  stream.addEventListener("open", () => {
    clearTimeout(silent);
    // Between the page and its stream, and while it was lost, something may have happened.
    if (lost || first) everything();
    show(lost = first = false);
  });
  stream.addEventListener("deed", ({ data }) => {
    const told = JSON.parse(data);
    if (told.kind.startsWith("alerts.")) return freshAlerts();
    freshList();
    freshCounts();
    if (String(told.case) === openCase()) freshCase();
    if (ofCustomer(told.customer)) freshCustomer();
  });
  stream.addEventListener("presence", ({ data }) => {
    const { case: which } = JSON.parse(data);
    if (String(which) === openCase()) dispatchEvent(new Event("ascolto:presence"));
    if (document.querySelector(`#righe a.it[href*="/C-${Number(which)}/"]`)) freshList();
  });
  stream.addEventListener("changed", everything); // something we may not name
  stream.addEventListener("resync", everything);
  stream.addEventListener("signed_out", () => location.reload());
  stream.addEventListener("error", () => {
    if (!lost) silent = setTimeout(show, 4000, true);
    lost = true;
    // A refused stream (a sign-in that ended, a restart behind a proxy) is not retried by itself.
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, 10000);
  });
  addEventListener("pagehide", () => stream.close(), { once: true });
}

// Without the stream, clocks show a dashed ring: a countdown that hears nothing would be a lie.
function show(isLost) {
  banner.hidden = !isLost;
  document.body.classList.toggle("stale", isLost);
  dispatchEvent(new Event("ascolto:stream"));
}

// A part that did not come is asked for again: the stream may stand and have nothing more to say.
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, ({ detail }) => {
    if ("fresh" in detail.elt.dataset) setTimeout(everything, 3000);
  });
}

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) banner.querySelector("[data-hour]").textContent = new Date().toTimeString().slice(0, 5);
});
if (document.querySelector("[data-fresh]")) connect();
// The worker keeps one page for when there is no network, and makes the desk an app of a telephone.
if (window.isSecureContext) navigator.serviceWorker?.register("/sw.js").catch(() => {});
