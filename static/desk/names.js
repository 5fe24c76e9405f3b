// Boxes for names in the reader of the desk: what is called so, with what tells namesakes apart. Enter takes the only
// one, or the one that the arrows chose; it never guesses. Without this script the server finds the name, or asks.
const names = document.querySelector("#reader")?.dataset.names;
const set = (node, attributes) => { for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); return node; };
const isBox = (node) => Boolean(node.dataset?.kinds);
const listOf = (box) => box.parentElement.querySelector("ul");
const chosen = (box) => box.parentElement.querySelector('input[type="hidden"]');
const about = (box) => box.parentElement.querySelector(".about");
const PAUSE_MS = 120;
let timer;

function fold(box) {
  listOf(box)?.remove();
  for (const name of ["role", "aria-controls", "aria-expanded", "aria-autocomplete", "aria-activedescendant"]) box.removeAttribute(name);
}
function take(box, option) {
  box.value = option.dataset.title;
  chosen(box).value = option.dataset.id;
  about(box).textContent = option.dataset.about;
  fold(box);
  box.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "taken" }));
}
function optionOf(box, { id, title, about: words }, place) {
  const option = set(document.createElement("li"), { id: `${box.id}_${place}`, role: "option", "aria-selected": "false" });
  Object.assign(option.dataset, { id, title, about: words });
  option.append(title, Object.assign(document.createElement("small"), { textContent: words }));
  return option;
}
async function offer(box) {
  const query = new URLSearchParams([["term", box.value], ...box.dataset.kinds.split(" ").map((kind) => ["kind", kind])]);
  const response = await fetch(`${names}?${query}`).catch(() => null);
  if (!response?.ok || document.activeElement !== box || chosen(box).value) return;
  const found = (await response.json()).names;
  fold(box);
  if (!found.length) return;
  const list = set(document.createElement("ul"), { id: `${box.id}_list`, role: "listbox", "aria-label": box.getAttribute("aria-label") ?? "" });
  list.append(...found.map((each, place) => optionOf(box, each, place)));
  box.after(list);
  set(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": list.id });
}
function move(box, options, step) {
  const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const next = options.at((at + step) % options.length);
  options[at]?.setAttribute("aria-selected", "false");
  set(next, { "aria-selected": "true" }).scrollIntoView({ block: "nearest" });
  set(box, { "aria-activedescendant": next.id });
}
document.addEventListener("input", (event) => {
  const box = event.target;
  if (!isBox(box) || event.detail === "taken") return;
  chosen(box).value = "";
  about(box).textContent = "";
  clearTimeout(timer);
  if (box.value.trim().length > 1) timer = setTimeout(() => offer(box), PAUSE_MS);
  else fold(box);
});
document.addEventListener("keydown", (event) => {
  const box = event.target;
  const options = isBox(box) ? [...(listOf(box)?.children ?? [])] : [];
  if (!options.length || event.ctrlKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") move(box, options, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter") {
    const option = options.find((each) => each.getAttribute("aria-selected") === "true") ?? (options.length === 1 ? options[0] : null);
    if (option) take(box, option);
  } else if (event.key === "Escape") fold(box);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.(".who [role=option]");
  if (!option) return;
  event.preventDefault();
  take(option.closest(".who").querySelector('input[type="text"]'), option);
});
// whom the words name: one click puts them into the box that they stand under
document.addEventListener("click", (event) => {
  const offered = event.target.closest?.("button.offer");
  if (!offered) return;
  const row = offered.closest(".value");
  row.querySelector('[name$="as_stated"]').value = offered.dataset.words;
  const box = row.querySelector(".who input[type=text]");
  take(box, offered);
  box.focus();
});
document.addEventListener("focusout", (event) => { if (isBox(event.target)) fold(event.target); });
