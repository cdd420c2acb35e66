element.addEventListener("click", (event) => {
  const card = event.target instanceof Element ? event.target.closest("[data-report]") : null;
  if (!card) return;
  for (const other of element.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  card.setAttribute("aria-current", "true");
  trigger("select", { index: 0, value: card.dataset.report });
  const view = document.getElementById("gj-report");
  if (window.innerWidth < 900) view?.scrollIntoView({ behavior: "smooth", block: "start" });
  else view?.scrollTo({ top: 0 });
});
