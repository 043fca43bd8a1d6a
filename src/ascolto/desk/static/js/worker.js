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

// What we are told while no page is open. The words were sealed for this browser alone.
addEventListener("push", (event) => {
  const { title, line, path, tag, urgent } = event.data.json();
  const look = { body: line, tag, data: { path }, requireInteraction: urgent, renotify: true };
  event.waitUntil(self.registration.showNotification(title, look));
});
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.path));
});

async function show(path) {
  const url = new URL(path, self.location.origin);
  if (url.origin !== self.location.origin) return;
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const here = open.find((one) => one.url === url.href);
  if (here) await here.focus();
  else await self.clients.openWindow(url.href);
}
