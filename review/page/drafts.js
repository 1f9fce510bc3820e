// What a person has typed and not yet sent is kept by the browser, and there again when the window was shut.
const KEPT = "asdelivered-draft ";

export function keepDraft(field, name) { // fills a field with its draft, if there is one, and keeps what is typed there
  const key = KEPT + name, part = field.type === "checkbox" ? "checked" : "value";
  const kept = localStorage.getItem(key);
  if (kept !== null) field[part] = JSON.parse(kept);
  field.addEventListener("input", () => {
    try { localStorage.setItem(key, JSON.stringify(field[part])); } catch { localStorage.removeItem(key); } // it is too long to be kept
  });
}

export function forgetDrafts(beginning) { // those whose names begin like this: they were sent
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(KEPT + beginning));
  for (const key of keys) localStorage.removeItem(key);
}
