// Kept on the device: one page that says there is no network, and what it looks like. Nothing else:
// what customers write never stays on a telephone that may be lost.

const SHELF = "ascolto-1";
const AWAY = "/senza-rete/";

addEventListener("install", (event) => {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});
addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") {
    event.respondWith(fetch(request).catch(() => caches.match(AWAY)));
  } else if (request.method === "GET" && new URL(request.url).pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => caches.match(request).then((had) => had || Response.error())));
  }
});

async function keep() {
  const shelf = await caches.open(SHELF);
  const page = await fetch(AWAY, { cache: "no-store" });
  const text = await page.clone().text();
  await shelf.put(AWAY, page);
  const looks = [...text.matchAll(/href="(\/static\/[^"]+\.(?:css|svg))"/g)].map(([, path]) => path);
  await shelf.addAll([...new Set(looks)]);
}

async function forget() {
  const old = (await caches.keys()).filter((name) => name !== SHELF);
  await Promise.all(old.map((name) => caches.delete(name)));
}
