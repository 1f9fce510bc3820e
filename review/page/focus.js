// Keeps the keyboard focus when a list is rebuilt, or the focused element goes away. Buttons that can do nothing at the
// moment keep it, too: they are marked as disabled, and ignore clicks.

const usable = (element) => element.isConnected && !element.disabled && element.checkVisibility();

export function guardFocus(home) { // returns a function to call at every frame
  let path = [];
  document.addEventListener("focusin", ({ target }) => {
    path = [];
    for (let one = target; one; one = one.parentElement) path.push(one);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[aria-disabled=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  return () => {
    if (document.activeElement !== document.body || !path.length || usable(path[0])) return;
    const heir = path.slice(1).find((one) => one.tabIndex >= 0 && usable(one)) ?? home;
    path = [];
    heir.focus({ preventScroll: true });
  };
}

export function enable(button, can) { button.setAttribute("aria-disabled", !can); }

export function refill(root, ...children) { // the focus goes to the element with the same data-key, or else to its neighbour
  const held = document.activeElement, inside = root.contains(held) && held !== root;
  const at = inside ? [...root.querySelectorAll(".card")].indexOf(held.closest(".card")) : -1;
  root.replaceChildren(...children);
  if (!inside) return;
  const same = [...root.querySelectorAll("[data-key]")].find((one) => one.dataset.key === held.dataset.key);
  const cards = root.querySelectorAll(".card"), next = cards[Math.min(at, cards.length - 1)];
  (same ?? (next?.matches("button") ? next : next?.querySelector("button")) ?? root).focus();
}
