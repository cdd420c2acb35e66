element.addEventListener("click", (event) => {
  const one = event.target instanceof Element ? event.target.closest("[data-finding]") : null;
  if (!one) return;
  for (const other of element.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  one.setAttribute("aria-current", "true");
  trigger("select", { index: 0, value: one.dataset.finding });
  const view = document.getElementById("gj-place");
  if (window.innerWidth < 900) view?.scrollIntoView({ behavior: "smooth", block: "start" });
  else view?.scrollTo({ top: 0 });
});

element.addEventListener("change", (event) => {
  if (!(event.target instanceof Element) || !event.target.matches("[data-gj=strength]")) return;
  const boxes = [...element.querySelectorAll("[data-gj=strength]")];
  const shown = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  for (const one of element.querySelectorAll("[data-strength]")) {
    one.hidden = !shown.has(one.dataset.strength);
  }
  for (const report of element.querySelectorAll(".gj-found")) {
    report.hidden = !report.querySelector("[data-strength]:not([hidden])");
  }
});
