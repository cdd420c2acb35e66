() => {
  "use strict";
  document.documentElement.lang = "zh-CN";

  // The chat names each message by its raw markup, and itself in English only.
  const plain = () => {
    const log = document.querySelector("#gj-chat [role=log]");
    const name = document.documentElement.lang === "en" ? "Conversation" : "对话";
    if (log && log.getAttribute("aria-label") !== name) log.setAttribute("aria-label", name);
    for (const one of document.querySelectorAll("#gj-chat [data-testid][aria-label]")) {
      one.removeAttribute("aria-label");
    }
  };
  new MutationObserver(plain).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"],
  });

  const near = (event, selector) =>
    event.target instanceof Element ? event.target.closest(selector) : null;

  const fold = (box, open) => {
    box.classList.toggle("gj-open", open);
    const all = box.querySelector("[data-gj=all]");
    if (all) {
      all.textContent = open ? all.dataset.less : all.dataset.more;
      all.setAttribute("aria-expanded", String(open));
    }
  };

  document.addEventListener("click", (event) => {
    const one = near(event, "[data-gj=unfold]");
    if (one) {
      const more = one.closest("tbody");
      more.classList.add("gj-done");
      more.nextElementSibling.classList.add("gj-shown");
      return;
    }
    const all = near(event, "[data-gj=all]");
    if (all) {
      const box = all.closest(".gj-tablebox");
      fold(box, !box.classList.contains("gj-open"));
      return;
    }
    const copy = near(event, "a[href$='#gj-copy']");
    if (copy) {
      event.preventDefault();
      const text = copy.closest(".gj-a")?.querySelector(".gj-text")?.innerText ?? "";
      navigator.clipboard?.writeText(text).then(() => {
        copy.classList.add("gj-done");
        setTimeout(() => copy.classList.remove("gj-done"), 1200);
      });
    }
  });

  const filter = (list) => {
    const words = list.querySelector("[data-gj=filter]").value.toLowerCase().split(/\s+/);
    const failing = list.querySelector("[data-gj=failing]").checked;
    for (const card of list.querySelectorAll("[data-report]")) {
      const text = card.dataset.find.toLowerCase();
      const fits = words.every((word) => text.includes(word));
      card.parentElement.hidden = !fits || (failing && card.dataset.failing === "0");
    }
  };
  document.addEventListener("input", (event) => {
    const tool = near(event, "[data-gj=filter], [data-gj=failing]");
    if (tool) filter(tool.closest(".gj-list"));
  });
}
