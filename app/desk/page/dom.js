// Elements, requests, and what is said to the person.
import { said, t } from "./strings.js";

export function make(tag, fields = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== "list" && name !== "role") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export async function ask(path, method = "GET", body = undefined) {
  const raw = body instanceof Blob;
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined || raw ? {} : { "content-type": "application/json" },
      body: body === undefined || raw ? body : JSON.stringify(body),
    });
  } catch { throw new Error(t("nothing_lost")); }
  if (answer.status === 403) throw new Error(t("started_again")); // the key in the address is that of an earlier start
  const told = await answer.json().catch(() => ({ error: `${answer.status} ${answer.statusText}` }));
  if (!answer.ok) throw new Error(said(told.error));
  return told;
}

export function say(text, good = false, undo = null) { // what can be undone stays until it is closed
  const note = make("p", { className: good ? "good" : "" }, make("span", { textContent: text }));
  const close = make("button", { textContent: t("close"), onclick: () => note.remove() });
  note.append(make("span", { className: "row" }, undo && button(t("undo"), async () => { await undo(); note.remove(); }, { id: "undo" }), close));
  document.querySelector("#notes").replaceChildren(note);
  if (good && !undo) setTimeout(() => note.remove(), 6000);
  return note;
}

export const announce = (text) => { document.querySelector("#announcement").textContent = text; };

let failed = { what: "", note: null }; // what failed last, and what was said of it

export async function tried(doing, what = "") { // once the same is tried again and works, its error is gone
  try {
    const done = await doing();
    if (what && failed.what === what) failed.note?.remove();
    return done;
  } catch (error) { failed = { what, note: say(error.message) }; return undefined; }
}

export function button(text, act, fields = {}) { // while it works it can't be pressed again, but keeps the focus
  const made = make("button", { type: "button", textContent: text, ...fields });
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-disabled") === "true") return;
    made.setAttribute("aria-disabled", "true");
    await tried(act, made.id || text);
    made.removeAttribute("aria-disabled");
  });
  return made;
}

export function labelled(text, field, hint = "") {
  field.id ||= `field-${crypto.randomUUID()}`;
  const about = hint && make("small", { id: `${field.id}-hint`, textContent: hint });
  if (about) field.setAttribute("aria-describedby", about.id);
  return make("div", { className: "field" }, make("label", { htmlFor: field.id, textContent: text }), field, about || null);
}

export function duration(seconds) {
  return seconds < 90 ? t("seconds", { count: Math.max(1, Math.round(seconds)) }) : t("minutes", { count: Math.round(seconds / 60) });
}
