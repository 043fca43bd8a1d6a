// "Tell me on this device": asks the browser, and gives us the address it answers with.

const box = document.getElementById("avvisami");
const part = (name) => box.querySelector(`[data-${name}]`);
const say = (name) => {
  for (const one of ["subscribe", "denied", "unable", "failed"]) part(one).hidden = one !== name;
};

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const same = (one, other) => one && new Uint8Array(one).every((byte, at) => byte === other[at]);

async function worker() {
  await navigator.serviceWorker.register("/sw.js");
  return navigator.serviceWorker.ready;
}

async function subscribe() {
  if ((await Notification.requestPermission()) === "denied") return say("denied");
  if (Notification.permission !== "granted") return;
  try {
    const { pushManager } = await worker();
    const key = bytes(box.dataset.key);
    const old = await pushManager.getSubscription();
    if (old && !same(old.options.applicationServerKey, key)) await old.unsubscribe(); // a new key of ours
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const headers = { "Content-Type": "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
    const answer = await fetch(box.dataset.url, { method: "POST", headers, body: JSON.stringify(made) });
    if (!answer.ok) throw new Error(answer.status);
    location.reload();
  } catch {
    say("failed");
    part("subscribe").hidden = false;
  }
}

if (!window.isSecureContext || !("PushManager" in window)) say("unable");
else say(Notification.permission === "denied" ? "denied" : "subscribe");
part("subscribe").addEventListener("click", subscribe);
