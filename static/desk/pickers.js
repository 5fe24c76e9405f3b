// Names the pickers of the admin for who does not see them: an empty one is named by its own empty text alone.
const name = () => {
  for (const shown of document.querySelectorAll(".select2-selection, .select2-selection__rendered")) {
    const select = shown.closest(".select2-container")?.previousElementSibling;
    const label = select?.labels?.[0]?.textContent.trim() || select?.getAttribute("aria-label");
    if (label) shown.setAttribute("aria-label", label);
  }
};
// after the admin has made them
window.django?.jQuery?.(name);
document.addEventListener("formset:added", () => setTimeout(name));
