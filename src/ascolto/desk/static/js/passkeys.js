// Keys: what is about them shows only where the browser can use one, and says when it could not.
const failed = document.getElementById("impossibile");

if (window.PublicKeyCredential) {
  for (const one of document.querySelectorAll("[data-passkey]")) one.hidden = false;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // said in the page, not in the console
  failed.hidden = false;
});
for (const one of document.querySelectorAll("#chiave")) {
  one.addEventListener("click", () => { failed.hidden = true; });
}
