// What is typed goes to the server cell by cell, when the field is left or Enter is pressed.
element.addEventListener("change", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement)) return;
  if (field.dataset.address) {
    trigger("input", { address: field.dataset.address, value: field.value });
  } else if (field.dataset.gj === "override") {
    trigger("submit", { value: field.value });
  } else if (field.dataset.gj === "figures" && field.files.length) {
    const [file] = field.files;
    if (file.size > 2_000_000) return trigger("upload", { name: file.name, data: "" });
    const reader = new FileReader();
    reader.onload = () => trigger("upload", { name: file.name, data: reader.result.split(",")[1] ?? "" });
    reader.readAsDataURL(file);
    field.value = "";
  }
});

// Enter goes to the field below, as in a spreadsheet.
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.dataset?.address) return;
  event.preventDefault();
  const cell = event.target.closest("td");
  const left = cell.getBoundingClientRect().left;
  let row = cell.parentElement.nextElementSibling;
  for (; row; row = row.nextElementSibling) {
    const below = [...row.querySelectorAll("td")].find((td) => Math.abs(td.getBoundingClientRect().left - left) < 4);
    const field = below?.querySelector("input:not([readonly])");
    if (field) return field.focus();
  }
  event.target.blur();
});
