// A file arrives as a link with its content; it is saved and forgotten.
watch("value", () => {
  const link = element.querySelector("a[download]");
  if (!link) return;
  fetch(link.href).then((made) => made.blob()).then((blob) => {
    const url = URL.createObjectURL(blob);
    const save = Object.assign(document.createElement("a"), { href: url, download: link.download });
    save.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  });
});
