// The reader of the desk: selected words → offsets → the form of a claim, which the server draws and checks.
// Without this script the same pages work by their forms and links.
const $ = (css, root = document) => root.querySelector(css);
const $$ = (css, root = document) => [...root.querySelectorAll(css)];
const set = (node, attributes) => { for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value); return node; };
const reader = $("#reader");
const text = $("#reader_text");
const slot = $("#claim");
const idle = $("#idle");
const images = $("#reader_images");
const CHECK_MS = 700;
const READ_MS = 1500;
const STACKED_PX = 960;
const token = () => $('input[name="csrfmiddlewaretoken"]')?.value ?? "";
const form = () => $("#claim_form");
let isTyped = false;
let isSent = false;
let timer;
let asked;

// --- places in the text: points of the page ⇄ code points of the copy ---
const length = (string) => { let count = 0; for (const _ of string) count += 1; return count; };
function offsetOf(node, at) {
  const own = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  let page = own.closest(".reader-page");
  if (!page) { // between two pages: the end of the one before
    const before = $$(".reader-page", text).filter((each) => each.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    page = before.at(-1) ?? $(".reader-page", text);
    return Number(page.dataset.start) + (before.length ? length(page.textContent) : 0);
  }
  const range = document.createRange();
  range.setStart(page, 0);
  range.setEnd(node, at);
  return Number(page.dataset.start) + length(range.toString());
}
function pointOf(offset) {
  const page = $$(".reader-page", text).findLast((each) => Number(each.dataset.start) <= offset);
  const walk = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  let left = offset - Number(page.dataset.start);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const count = length(node.data);
    if (left <= count) return [node, [...node.data].slice(0, left).join("").length];
    left -= count;
  }
  return [page, page.childNodes.length];
}
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const span = [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
  return span[0] < span[1] ? span : null;
}

// --- the form of a claim ---
const spansOf = (own) => {
  const ends = $$('[name="end_at"]', own);
  return $$('[name="start_at"]', own).map((start, place) => [Number(start.value), Number(ends[place].value)]);
};
function show(html) {
  slot.innerHTML = html;
  const own = form();
  isTyped = false;
  idle.hidden = Boolean(own);
  if (own) mark(spansOf(own), JSON.parse($("#claim_boxes")?.textContent || "[]") ?? []);
}
function mark(spans, boxes) {
  if (globalThis.Highlight) {
    const ranges = spans.map(([start, end]) => {
      const range = document.createRange();
      range.setStart(...pointOf(start));
      range.setEnd(...pointOf(end));
      return range;
    });
    CSS.highlights.set("passage", new Highlight(...ranges));
  }
  $$("rect.chosen").forEach((old) => old.remove());
  for (const box of boxes) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    set(rect, { x: box.left, y: box.top, width: box.width, height: box.height, class: "chosen" });
    $(`#sheet-${box.page} svg`)?.append(rect);
  }
  if (boxes.length) turnTo(boxes[0].page, $("rect.chosen"));
}
async function load(query, body) {
  asked?.abort();
  asked = new AbortController();
  const address = body ? reader.dataset.claim : `${reader.dataset.claim}?part=1&${query}`;
  const response = await fetch(address, { method: body ? "POST" : "GET", body, signal: asked.signal, redirect: "error" }).catch(() => null);
  if (!response) return;
  show(await response.text());
  if (!form()) return;
  $("#claim_form textarea").focus({ preventScroll: true });
  if (innerWidth < STACKED_PX) form().scrollIntoView();
  check();
}
const query = (spans) => spans.map(([start, end]) => `start=${start}&end=${end}`).join("&");
const maySwap = () => !isTyped || !form() || confirm(form().dataset.leave);
function make(span) {
  if (span && maySwap()) load(query([span]));
}
function addPassage(span) {
  const own = form();
  if (!span || !own) return make(span);
  const hidden = (name, value) => set(document.createElement("input"), { type: "hidden", name, value });
  own.append(hidden("start_at", span[0]), hidden("end_at", span[1]));
  render(own);
}
function render(own, changes = {}) { // the same form on other words or of another kind: what was typed stays
  const body = new FormData(own);
  for (const [name, value] of Object.entries({ ...changes, _render: "1", part: "1" })) body.set(name, value);
  load("", body).then(() => { isTyped = true; });
}
// One request at a time: the next goes when the server has answered the one before
let queue = Promise.resolve();
const inTurn = (act) => { queue = queue.then(act).catch(() => null); return queue; };
let isWaiting = false;
function check() {
  if (isWaiting) return;
  isWaiting = true;
  inTurn(async () => {
    isWaiting = false;
    const own = form();
    if (!own || isSent) return;
    const response = await fetch(own.dataset.check, { method: "POST", body: new FormData(own), redirect: "error" });
    if (!response.ok || form() !== own) return;
    $("#claim_check").innerHTML = await response.text();
    for (const back of $$("#claim_check [data-back]")) {
      const place = $(`[data-for="${back.dataset.back}"]`);
      if (place) place.textContent = back.textContent;
      back.remove();
    }
  });
}
const later = () => { clearTimeout(timer); timer = setTimeout(check, CHECK_MS); };

// --- pages: which is being read, kept on the server ---
let page = 1;
let readTimer;
function turnTo(number, at) {
  page = number;
  const picker = $("#page");
  if (picker) picker.value = number;
  const sheet = $(`#sheet-${number}`);
  if (!images || !sheet) return;
  const target = at ?? sheet;
  const box = target.getBoundingClientRect();
  images.scrollTop += box.top - images.getBoundingClientRect().top - (at ? images.clientHeight / 3 : 0);
}
function keepPlace(numbers = "") {
  const body = new URLSearchParams({ page, read: numbers, csrfmiddlewaretoken: token() });
  return inTurn(() => fetch(reader.dataset.place, { method: "POST", body, keepalive: true }));
}
function watchPages() {
  const seen = new IntersectionObserver((entries) => {
    const top = entries.filter((entry) => entry.isIntersecting).at(-1);
    if (!top) return;
    const number = Number(top.target.id.slice(5));
    if (number !== page && !$("rect.chosen")) turnTo(number); // the chosen words stay in sight
    clearTimeout(readTimer);
    readTimer = setTimeout(() => keepPlace(String(number)), READ_MS);
  }, { root: text, rootMargin: "-35% 0px -60% 0px" });
  $$(".reader-leaf", text).forEach((leaf) => seen.observe(leaf));
}
// Moves the text alone, not the window around it
function scrollTo(node, share = 0) {
  if (node) text.scrollTop += node.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight * share;
}
const goTo = (number) => { scrollTo($(`#page-${number}`)); turnTo(Number(number)); };

function readText() {
  if (reader.dataset.mayClaim) {
    set(text, { contenteditable: "true", role: "textbox", "aria-multiline": "true", "aria-readonly": "true", spellcheck: "false" });
    for (const event of ["beforeinput", "paste", "drop", "cut"]) text.addEventListener(event, (each) => each.preventDefault());
    text.addEventListener("mouseup", () => setTimeout(() => { if (!isTyped) make(selected()); }));
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey) make(selected());
      else if (event.key === "+") addPassage(selected());
      else if (event.key === "/") $("#find").focus();
      else return;
      event.preventDefault();
    });
  }
  text.addEventListener("click", (event) => {
    const link = event.target.closest("a.quoted");
    if (link && getSelection().isCollapsed && text.isContentEditable) location.href = link.href;
  });
}
function readForm() {
  slot.addEventListener("input", () => {
    isTyped = true;
    later();
  });
  slot.addEventListener("click", (event) => {
    const kind = event.target.closest("[data-kind]");
    if (!kind) return;
    event.preventDefault();
    isTyped ? render(form(), { kind: kind.dataset.kind }) : load(`${query(spansOf(form()))}&kind=${kind.dataset.kind}`);
  });
  slot.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
    if (event.key === "Escape" && !event.defaultPrevented && !event.cancelBubble) text.focus();
  });
  document.addEventListener("keydown", (event) => { // wherever the focus is
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form()?.requestSubmit($('[name="_save"]'));
  });
  slot.addEventListener("submit", (event) => {
    if (isSent) return event.preventDefault();
    isSent = event.target === form();
    clearTimeout(timer);
    asked?.abort();
  });
}
if (reader) {
  readText();
  readForm();
  $("#page")?.addEventListener("change", (event) => goTo(event.target.value));
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => { if (isTyped && !isSent) event.preventDefault(); });
  const place = $("#place")?.dataset.page;
  const target = $("#at");
  if (target) scrollTo(target, 1 / 3);
  else if (place && !location.hash) goTo(place);
  if (form()) { mark(spansOf(form()), JSON.parse($("#claim_boxes")?.textContent || "[]") ?? []); check(); }
  watchPages();
}
