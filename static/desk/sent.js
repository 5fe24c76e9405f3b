// Holds in this tab what a form of the desk sends, until a page of the desk answers. Where the session was lost and the
// answer is the login, it is handed to the server after it, which offers it like all that is typed and not saved.
const KEY = "desk-sent";
const user = document.querySelector("#user-tools strong")?.textContent.trim();
const LOGIN = /\/(?:login|second-factor)\//;
const NOT_HELD = ["csrfmiddlewaretoken", "private_name"];

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !user || !(form.elements._form || form.elements._opened)) return;
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_HELD.includes(name));
  sessionStorage.setItem(KEY, JSON.stringify({ path: new URL(form.action).pathname, user, typed }));
});

if (user) {
  const sent = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (sent?.user === user && sent.path === location.pathname && LOGIN.test(document.referrer)) {
    // what was kept before this is older
    const older = [...document.querySelectorAll("#unsaved button")];
    for (const button of older) button.disabled = true;
    const token = document.querySelector('[name="csrfmiddlewaretoken"]').value;
    const body = new URLSearchParams([...sent.typed, ["csrfmiddlewaretoken", token], ["_keep", "1"]]);
    const answer = await fetch(sent.path, { method: "POST", body, redirect: "manual" });
    if (answer.status === 204) location.replace(sent.path);
    else for (const button of older) button.disabled = false;
  }
}
