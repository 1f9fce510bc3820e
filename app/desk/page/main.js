// The desk: which view the address asks for, and the state of the library, asked for while something is at work.
import { announce, ask, make, say, tried } from "./dom.js";
import { eventView } from "./event.js";
import { filesIn, knowEndings } from "./files.js";
import { libraryView } from "./library.js";
import { machineView } from "./machine.js";
import { newEventView } from "./new_event.js";
import { searchView } from "./search.js";
import { chosenLanguage, languages, said, speak, t } from "./strings.js";

const $ = (selector) => document.querySelector(selector);
const IDLE = 4000, BUSY = 500; // milliseconds between two looks at the state
const SLOW = 400; // milliseconds after which a person sees that a view is on its way
const desk = { state: null, choices: null, dropped: [], note: null, wanted: new Set(), view: null, refresh: look, go, again: show };
let timer = 0, shown = "", ended = false, lost = null; // lost: what was said of a program that does not answer

export function go(address) {
  if (location.hash === address) show(); else location.hash = address;
}

async function look() { // ask for the state, and tell the view
  clearTimeout(timer);
  const began = performance.now();
  try {
    const before = desk.state;
    desk.state = await ask("api/state");
    lost?.note.remove();
    lost = null;
    tellWhatIsDone(before, desk.state);
    desk.view?.update?.(desk.state);
  } catch (error) {
    if (lost?.why !== error.message) lost = { why: error.message, note: say(error.message) };
  }
  const took = performance.now() - began; // a slow disk has time for other work between two looks
  if (!ended) timer = setTimeout(look, Math.max(took, desk.state?.work.length ? BUSY : IDLE));
}

function tellWhatIsDone(before, after) {
  for (const event of after.events) {
    const then = before?.events.find((one) => one.key === event.key);
    if (!then || then.stage === event.stage || !["aligned", "failed"].includes(event.stage)) continue;
    const text = t(event.stage === "aligned" ? "done_title" : "failed_title", { title: event.title });
    announce(text);
    if (desk.wanted.has(event.key) && Notification.permission === "granted") new Notification(text, { body: said(event.message) });
  }
}

async function show() {
  if (ended) return;
  const [, kind = "", key = "", tab = "text"] = location.hash.split("/");
  const name = `${kind}/${key}/${tab}/${chosenLanguage()}`;
  const again = name === shown;
  shown = name;
  $("#notes").replaceChildren();
  const made = { new: () => newEventView(desk), machine: () => machineView(desk), search: () => searchView(desk, decodeURIComponent(key)), event: () => eventView(desk, key, tab) };
  const slow = setTimeout(() => document.body.classList.add("loading"), SLOW);
  const view = await tried(made[kind] ?? (() => libraryView(desk)));
  clearTimeout(slow);
  if (shown === name) document.body.classList.remove("loading");
  if (!view || shown !== name) return;
  desk.view?.leave?.();
  desk.view = view;
  $("#main").replaceChildren(...view.elements);
  $("#where").textContent = kind === "machine" ? "" : view.title;
  $("#machine-link").ariaCurrent = kind === "machine" ? "page" : null;
  document.title = `${view.title || t("events")} · asdelivered`;
  view.update?.(desk.state);
  if (!again) $("#main").querySelector("h1")?.focus({ preventScroll: true });
  desk.note?.();
  desk.note = null;
  document.body.dataset.view = name;
}

async function quit(sure) { // the program ends; while something is at work, a person is asked first
  const { ends } = await ask("api/quit", "POST", { sure });
  $("#quitting").close();
  if (!ends) { $("#quitting").showModal(); return; }
  clearTimeout(timer);
  ended = true;
  desk.view?.leave?.();
  $("#notes").replaceChildren();
  const title = make("h1", { textContent: t("ended_title"), tabIndex: -1, id: "ended" });
  $("#main").replaceChildren(title, make("p", { textContent: t("ended_text") }));
  for (const one of document.querySelectorAll("#top > :not(#brand)")) one.hidden = true;
  title.focus();
}

async function start() {
  languages($("#language"), () => { speak(); show(); });
  $("#skip").addEventListener("click", (event) => { event.preventDefault(); $("#main").focus(); });
  addEventListener("hashchange", show);
  $("#quit").addEventListener("click", () => tried(() => quit(false)));
  $("#quit-anyway").addEventListener("click", () => tried(() => quit(true)));
  $("#quit-not").addEventListener("click", () => $("#quitting").close());
  document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const files = filesIn(event.dataTransfer);
    tried(async () => {
      desk.dropped = await files;
      if (desk.dropped.length) go("#/new"); else say(t("nothing_dropped"));
    });
  });
  speak();
  const [choices] = await Promise.all([ask("api/choices"), look()]);
  desk.choices = choices;
  knowEndings(choices.recordings);
  await show();
  document.body.dataset.ready = "yes";
}

tried(start);
