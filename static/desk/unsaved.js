// Keeps what is typed into a form of the desk on the server, and warns before it is left unsaved.
// Without this script the form works as before.
const form = document.querySelector('input[name="_opened"], input[name="_form"]')?.form;
const PAUSE_MS = 1500;
if (form) {
  const told = () => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  const opened = told();
  let isChanged = false;
  let isSent = false;
  let timer;
  let request;
  const keep = () => {
    const typed = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    request = new AbortController();
    const body = new URLSearchParams([...typed, ["_keep", "1"]]);
    fetch(location.pathname, { method: "POST", body, redirect: "manual", signal: request.signal }).catch(() => {});
  };
  const note = () => {
    // a picker of the admin tells of a change when it is made ready, before anybody typed
    if (!isChanged && told() === opened) return;
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE_MS);
  };
  form.addEventListener("input", note);
  // pickers of the admin tell jQuery only
  window.django?.jQuery?.(form).on("change", note);
  form.addEventListener("submit", (event) => {
    if (isSent) {
      event.preventDefault();
      return;
    }
    isSent = true;
    clearTimeout(timer);
    request?.abort();
  });
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => {
    if (isChanged && !isSent) event.preventDefault();
  });
}
