let wanted = null;

const open = (id) => {
  const at = document.getElementById(id) ?? element;
  const closed = at.closest("details");
  if (closed) closed.open = true;
  at.scrollIntoView({ behavior: "smooth", block: at === element ? "start" : "center" });
  at.classList.add("gj-flash");
  setTimeout(() => at.classList.remove("gj-flash"), 1600);
};

// A wide table is scrolled sideways until the cell in question can be seen.
const reveal = () => {
  for (const frame of element.querySelectorAll(".gj-frame")) {
    const cell = frame.querySelector(".gj-answer, .gj-asked, .gj-broken, .gj-lit");
    if (cell) frame.scrollLeft = cell.offsetLeft + cell.offsetWidth - frame.clientWidth + 2;
  }
};

document.addEventListener("click", (event) => {
  if (!element.isConnected || !(event.target instanceof Element)) return;
  const link = event.target.closest("a[href*='#gj-']");
  const id = link?.getAttribute("href").split("#")[1];
  if (!id || id === "gj-copy") return;
  event.preventDefault();
  const turn = id.split("-")[1];
  if (element.querySelector(".gj-panel")?.dataset.turn === turn) {
    open(id);
  } else {
    wanted = id;
    trigger("select", { index: turn, value: id });
  }
});

watch("value", () => {
  element.closest("#gj-right")?.scrollTo({ top: 0 });
  requestAnimationFrame(reveal);
  if (wanted) open(wanted);
  wanted = null;
});
