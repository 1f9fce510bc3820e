// The keyboard; the caller says what each key does.

export function listen(keys, commands, back) { // keys: single keys; commands: keys with Ctrl; back: leaves a field
  const single = document.querySelector("#single"), help = document.querySelector("#keys");
  single.checked = localStorage.getItem("single") !== "off";
  single.addEventListener("change", () => localStorage.setItem("single", single.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (help.open) return;
    if (target.closest("input, textarea, select")) { if (key === "Escape") back(); return; }
    if (event.altKey || (target.closest("button, a, [role=slider]") && [" ", "Enter"].includes(key))) return;
    const command = event.ctrlKey || event.metaKey;
    if (!command && !single.checked && key.length === 1 && key !== " ") return;
    const name = event.shiftKey && key.length > 1 ? `Shift+${key}` : key;
    const doing = (command ? commands : keys)[name];
    if (!doing) return;
    event.preventDefault();
    doing();
  });
}
