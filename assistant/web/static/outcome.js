// The fields of the tables show their state without being drawn again, so that typing goes on.
const light = () => {
  const states = element.querySelector("[data-states]")?.dataset.states;
  for (const [address, [state, computed, told]] of Object.entries(JSON.parse(states ?? "{}"))) {
    const field = document.getElementById(`gj-cell-${address}`);
    if (!field) continue;
    field.dataset.state = state;
    field.placeholder = computed;
    field.title = told;
    field.setAttribute("aria-invalid", String(state === "failing"));
  }
};
watch("value", light);

element.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest("a[href^='#gj-cell-']");
  if (link) {
    event.preventDefault();
    const field = document.getElementById(link.getAttribute("href").slice(1));
    field?.scrollIntoView({ behavior: "smooth", block: "center", inline: "center" });
    field?.focus({ preventScroll: true });
    return;
  }
  const file = event.target.closest("[data-download]");
  if (file) trigger("download", { suffix: file.dataset.download });
  if (event.target.closest("[data-gj=look]")) trigger("apply");
});

element.addEventListener("change", (event) => {
  const tick = event.target.closest("[data-keep]");
  if (tick) trigger("select", { index: Number(tick.dataset.keep), value: tick.checked });
});
