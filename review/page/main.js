// Puts the page together: what each part does when another changes, the edits, and the keys.
import "./quote.js"; // of the published pages
import { Clips } from "./clips.js";
import { enable, guardFocus } from "./focus.js";
import { listen } from "./keyboard.js";
import { Model, REOPENED, ask, clock, make } from "./model.js";
import { Panels } from "./panels.js";
import { Player } from "./player.js";
import { Selection } from "./selection.js";
import { has, languages, said, speak, t } from "./strings.js";
import { TranscriptView } from "./transcript.js";
import { Wave } from "./wave.js";

const $ = (selector) => document.querySelector(selector);
const model = new Model();
const player = new Player(model, say);
const transcript = new TranscriptView($("#transcript"), model, player);
const wave = new Wave(model, player, {
  move: (edge, ms) => tried(moveEdge(edge, ms)),
  nudge: (edge, by) => tried(nudge(edge, by)),
});
const panels = new Panels(model, player, transcript, say);
const clips = new Clips(model, player, panels);
const selection = new Selection(model, player, transcript, panels, clips, tried);
const keepFocus = guardFocus($("#transcript"));

function say(text, good = false) {
  const note = make("p", { className: good ? "good" : "" }, make("span", { textContent: text }));
  const close = make("button", { textContent: t("close") });
  close.addEventListener("click", () => note.remove());
  note.append(close);
  $("#notes").replaceChildren(note);
  if (good) setTimeout(() => note.remove(), 6000);
  return note;
}

const DONE = new Set(["told_aligned", "told_clips", "told_clips_but"]); // news of what went well
const told = ({ kind, values, text }) => // a sentence of the page; else what the program says, if the page knows it
  (has(kind) ? t(kind, values.reason ? { ...values, reason: said(values.reason) } : values) : said(text));

let failed = null; // what is said of an edit that was refused: the next one that is made takes it away

async function tried(doing) {
  try { await doing; } catch (error) { failed = say(error.message); }
}

// Edits

function chosen() {
  if (model.chosen < 0) throw new Error(t("choose_line"));
  return model.lines[model.chosen];
}

function movedEdge({ start, end, text }, edge, ms) {
  if (start === null) { // a line without a time begins at the playhead
    start = Math.round(player.ms);
    end = Math.min(model.duration, start + 200 + text.length * 65);
    if (edge === "end") end = Math.max(start + 200, Math.round(ms ?? end));
  } else if (edge === "start") start = Math.max(0, Math.round(ms));
  else end = Math.min(model.duration, Math.round(ms));
  return { start, end };
}

async function move(edge, to) { // to: from the edge's time in ms, once earlier edits are done, to its new time
  const { id } = chosen(), place = model.chosen;
  const body = () => movedEdge(model.lines[place], edge, to(model.lines[place][edge]));
  await model.edit(`api/lines/${encodeURIComponent(id)}/move`, body);
}

const moveEdge = async (edge, ms) => move(edge, () => ms);
const nudge = async (edge, by) => move(edge, (ms) => (ms ?? 0) + by);
const act = async (kind) => model.edit(`api/lines/${encodeURIComponent(chosen().id)}/${kind}`);

async function actAndGoOn(kind) { // if the chosen line was doubtful, go on to the next doubtful one
  const before = model.queue(), at = before.indexOf(model.chosen);
  await act(kind);
  const next = before.slice(at + 1).find((one) => model.queue().includes(one));
  if (at >= 0 && next !== undefined) panels.go(next);
}

async function save() {
  const { files } = await ask("api/save", "POST", {});
  say(t("written", { files: files.join(", ") }), true);
}

const realign = () => model.edit("api/align");
const undo = () => model.edit("api/undo");
const redo = () => model.edit("api/redo");

// After a change

model.addEventListener("state", ({ detail }) => {
  if (detail.changed.length) { transcript.refresh(detail.changed); failed?.remove(); }
  if (detail.moved) { wave.redraw(); panels.queue(); }
  if (detail.moved || detail.finished) tried(clips.show());
  if (detail.peaks) wave.grown();
  for (const news of detail.news) say(told(news), DONE.has(news.kind));
  enable($("#undo"), model.undo);
  enable($("#redo"), model.redo);
  enable($("#realign"), model.pending.length > 0 && !model.work);
  $("#realign").textContent = model.pending.length ? t("realign_count", { count: model.pending.length }) : t("realign");
  $("#saved").textContent = model.pins ? t("pins_kept", { count: model.pins }) : t("edits_kept");
  $("#work").hidden = !model.work;
  if (model.work) {
    const work = t(model.work.kind === "align" ? "aligning_again" : "making_clips");
    const known = `step_${model.work.step.replaceAll(" ", "_")}`;
    $("#work-text").textContent = t("work_step", { work, step: has(known) ? t(known) : model.work.step });
    $("#work-bar").value = model.work.share;
  }
  showChosen();
});

model.addEventListener("chosen", ({ detail }) => {
  transcript.choose(detail);
  panels.mark(detail);
  const line = model.lines[detail];
  const [start, end] = line.start === null ? model.gap(detail) : [line.start, line.end];
  wave.showSpan(start, Math.max(end, start));
  wave.redraw();
  showChosen();
});

function showChosen() {
  const line = model.lines[model.chosen];
  $("#edit").hidden = !line;
  if (!line) return;
  $("#chosen").textContent = line.id;
  for (const edge of ["start", "end"]) $(`#${edge}`).value = line[edge] === null ? "–" : clock(line[edge], 3);
  enable($("#clear"), Boolean(line.pin));
}

// Buttons

const BUTTONS = {
  undo, redo, realign, save,
  stop: () => model.edit("api/stop"),
  help: () => $("#keys").showModal(),
  accept: () => actAndGoOn("accept"),
  unspoken: () => actAndGoOn("unspoken"),
  clear: () => act("clear"),
};
const attempt = (doing) => () => tried((async () => doing())());
for (const [name, doing] of Object.entries(BUTTONS)) $(`#${name}`).addEventListener("click", attempt(doing));
for (const button of document.querySelectorAll("[data-edge]")) {
  const { edge, by } = button.dataset;
  button.addEventListener("click", (event) => tried(nudge(edge, Number(by) * (event.shiftKey ? 10 : 1))));
}
$("#find").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("#query").value.trim();
  if (text) tried(panels.find(text, (words) => clips.add(words)));
});

// Keys

function line(by) {
  model.choose(model.chosen < 0 ? Math.max(0, transcript.now) : model.chosen + by);
  const { start } = chosen();
  if (start !== null) player.seek(start);
}

const KEYS = {
  " ": () => player.toggle(), k: () => player.jkl("k"), j: () => player.jkl("j"), l: () => player.jkl("l"),
  ArrowLeft: () => player.seek(player.ms - 2000), ArrowRight: () => player.seek(player.ms + 2000),
  ArrowUp: () => line(-1), ArrowDown: () => line(1),
  "Shift+ArrowLeft": () => selection.step("end", -1), "Shift+ArrowRight": () => selection.step("end", 1),
  "Shift+ArrowUp": () => selection.leap(-1), "Shift+ArrowDown": () => selection.leap(1),
  Enter: () => selection.act("play"), y: () => selection.act("link"), q: () => selection.act("cite"),
  i: () => selection.act("clip"),
  n: () => panels.next(1), p: () => panels.next(-1),
  a: () => actAndGoOn("accept"), x: () => actAndGoOn("unspoken"), z: () => act("clear"),
  s: () => nudge("start", -10), d: () => nudge("start", 10), f: () => nudge("end", -10), h: () => nudge("end", 10),
  S: () => nudge("start", -100), D: () => nudge("start", 100), F: () => nudge("end", -100), H: () => nudge("end", 100),
  u: undo, U: redo, g: realign,
  "/": () => { $("#query").focus(); $("#query").select(); },
  "+": () => wave.zoom(0.5), "=": () => wave.zoom(0.5), "-": () => wave.zoom(2),
  c: () => player.toggleCaptions(), "?": () => $("#keys").showModal(),
  Escape: () => getSelection().removeAllRanges(),
};
const COMMANDS = {
  z: undo, Z: redo, y: redo, s: save,
  "Shift+ArrowLeft": () => selection.step("start", -1), "Shift+ArrowRight": () => selection.step("start", 1),
};
const attempts = (keys) => Object.fromEntries(Object.entries(keys).map(([key, doing]) => [key, attempt(doing)]));
listen(attempts(KEYS), attempts(COMMANDS), () => $("#transcript").focus());

// Begin

async function pollForever() {
  let lost = null;
  for (;;) {
    const pause = model.work ? 300 : document.hidden ? 5000 : model.peaks < model.duration ? 700 : 1500;
    await new Promise((go) => setTimeout(go, pause));
    try {
      await model.poll();
      document.body.classList.remove("lost");
      lost?.remove();
      lost = null;
    } catch (error) {
      if (!document.body.classList.contains("lost")) lost = say(error.message);
      document.body.classList.add("lost");
    }
  }
}

function frame() {
  const ms = player.frame();
  transcript.light(ms);
  wave.frame(ms);
  keepFocus();
  requestAnimationFrame(frame);
}

function openAt(hash) { // #t=SECONDS: a place that somebody was led to
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(hash);
  if (!found) return;
  const place = model.lineAt(Math.round(1000 * found[1]));
  if (place >= 0) model.choose(place);
  player.seek(1000 * found[1]);
}

async function begin() {
  speak();
  languages($("#language"), () => location.reload()); // every edit is on the disk
  await model.load();
  document.title = `${model.title} · asdelivered`;
  $("#title").textContent = $("#title").title = model.title;
  $("#file").textContent = model.file;
  $("#home").hidden = !model.home; // the desk, if the review was opened there
  if (model.home) $("#home").href = model.home;
  $("#transcript").lang = model.language;
  const notes = model.notes.map(told);
  if (sessionStorage.getItem(REOPENED)) notes.unshift(t("told_reopened"));
  sessionStorage.removeItem(REOPENED);
  if (notes.length) say(notes.join(" "));
  const styles = player.begin();
  const built = transcript.build();
  requestAnimationFrame(() => requestAnimationFrame(frame)); // first the page is laid out, a task by itself
  await Promise.all([styles, built]);
  document.body.dataset.ready = "yes";
  openAt(location.hash);
  addEventListener("hashchange", () => openAt(location.hash));
  pollForever();
}
tried(begin());
