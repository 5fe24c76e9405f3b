// Suggestions under the search box. Without this script the box is a plain search.

const WAIT = 150; // milliseconds after the last letter

for (const input of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  input.closest(".row").append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  const prefix = input.dataset.language === "en" ? "/en" : "";
  let timer, active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(results) {
    list.replaceChildren(...results.map((result, number) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${number}`;
      item.setAttribute("role", "option");
      item.dataset.path = prefix + result.path;
      const about = document.createElement("span");
      about.className = "meta";
      about.textContent = [input.getAttribute(`data-kind-${result.kind}`), result.detail].filter(Boolean).join(" · ");
      item.append(result.text, " ", about);
      return item;
    }));
    active = -1;
    list.hidden = results.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed.length < 2) return close();
    try {
      const response = await fetch(input.dataset.suggest + encodeURIComponent(typed));
      if (input.value.trim() === typed) show(response.ok ? (await response.json()).results : []);
    } catch {
      close(); // no network: the box still searches
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const items = [...list.children];
    if (event.key === "Escape") return close();
    if (list.hidden || !items.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      active = (active + (event.key === "ArrowDown" ? 1 : items.length) + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) % items.length;
      items.forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
      input.setAttribute("aria-activedescendant", items[active].id);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(items[active].dataset.path);
    }
  });
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.path);
  });
  input.addEventListener("blur", close);
}
