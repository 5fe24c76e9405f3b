// Enhancement only: buttons that copy an address, a citation or a statement, and one that prints. Pages are whole without it.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const copied = button.dataset.copy || button.closest(".take").querySelector(".copy").textContent;
    await navigator.clipboard.writeText(copied);
    button.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("button[data-print]")) {
  button.addEventListener("click", () => window.print());
}
