(made) => {
  if (!made) return "";
  const { name, type, data } = JSON.parse(made);
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  return "";
}
