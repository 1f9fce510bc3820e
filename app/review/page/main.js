// The page put together: what each part does when another changes, the edits, and the keyboard.
import { Model, ask, clock, make } from "./model.js";
import { Panels } from "./panels.js";
import { Player } from "./player.js";
import { TranscriptView } from "./transcript.js";
import { Wave } from "./wave.js";

const $ = (selector) => document.querySelector(selector);
const model = new Model();
const player = new Player(model, say);
const transcript = new TranscriptView($("#transcript"), model, player);
const wave = new Wave(model, player, { move: (edge, ms) => tried(moveEdge(edge, ms)), nudge: (edge, by) => tried(nudge(edge, by)) });
const panels = new Panels(model, player, transcript, say);

function say(text, good = false) {
  const note = make("p", { className: good ? "good" : "" }, make("span", { textContent: text }));
  const close = make("button", { textContent: "Close" });
  close.addEventListener("click", () => note.remove());
  note.append(close);
  $("#notes").replaceChildren(note);
  if (good) setTimeout(() => note.remove(), 6000);
}

async function tried(doing) {
  try { await doing; } catch (error) { say(error.message); }
}

function chosen() {
  if (model.chosen < 0) throw new Error("Choose a line first.");
  return model.lines[model.chosen];
}

function movedEdge({ start, end, text }, edge, ms) {
  if (start === null) { // a line without a time begins where you are
    start = Math.round(player.ms);
    end = Math.min(model.duration, start + 200 + text.length * 65);
    if (edge === "end") end = Math.max(start + 200, Math.round(ms ?? end));
  } else if (edge === "start") start = Math.max(0, Math.round(ms)); else end = Math.min(model.duration, Math.round(ms));
  return { start, end };
}

async function move(edge, to) { // to: the edge's time in ms, from that which it has when the edits before are done
  const { id } = chosen(), place = model.chosen;
  await model.edit(`api/lines/${encodeURIComponent(id)}/move`, () => movedEdge(model.lines[place], edge, to(model.lines[place][edge])));
}

const moveEdge = async (edge, ms) => move(edge, () => ms);
const nudge = async (edge, by) => move(edge, (ms) => (ms ?? 0) + by);
const act = async (kind) => model.edit(`api/lines/${encodeURIComponent(chosen().id)}/${kind}`);

async function acceptAndGoOn(kind) {
  const place = model.chosen, before = model.queue(), at = before.indexOf(place);
  await act(kind);
  const next = before.slice(at + 1).find((one) => model.queue().includes(one));
  if (at >= 0 && next !== undefined) panels.go(next);
}

async function save() {
  const { files } = await ask("api/save", "POST", {});
  say(`Written: ${files.join(", ")}.`, true);
}

const realign = () => model.edit("api/align");
const undo = () => model.edit("api/undo");
const redo = () => model.edit("api/redo");

async function clipSelected() {
  const words = transcript.selected() ?? (() => { const line = chosen(); return [line.id, 0, line.id, line.words.length / 4 - 1]; })();
  await panels.addClip(words);
}

// What follows from a change

model.addEventListener("state", ({ detail }) => {
  if (detail.changed.length) transcript.refresh(detail.changed);
  if (detail.moved) { player.forget(); wave.redraw(); panels.queue(); tried(panels.clips()); }
  if (detail.finished) tried(panels.clips());
  if (detail.peaks) wave.grown();
  for (const text of detail.news) say(text, !text.startsWith("Nothing was changed") && !text.includes("could not"));
  $("#undo").disabled = !model.undo;
  $("#redo").disabled = !model.redo;
  $("#realign").disabled = !model.pending.length || Boolean(model.work);
  $("#realign").textContent = model.pending.length ? `Align again (${model.pending.length})` : "Align again";
  $("#saved").textContent = model.pins ? `${model.pins} ${model.pins === 1 ? "pin" : "pins"}, kept in the journal.` : "Every edit is kept as you make it.";
  $("#work").hidden = !model.work;
  if (model.work) {
    const doing = { align: "Aligning again between pins", render: "Making the clips" }[model.work.kind];
    $("#work-text").textContent = `${doing}: ${model.work.step}`;
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
  $("#clear").disabled = !line.pin;
}

// Buttons

$("#undo").addEventListener("click", () => tried(undo()));
$("#redo").addEventListener("click", () => tried(redo()));
$("#realign").addEventListener("click", () => tried(realign()));
$("#save").addEventListener("click", () => tried(save()));
$("#stop").addEventListener("click", () => tried(model.edit("api/stop")));
$("#help").addEventListener("click", () => $("#keys").showModal());
$("#accept").addEventListener("click", () => tried(acceptAndGoOn("accept")));
$("#unspoken").addEventListener("click", () => tried(acceptAndGoOn("unspoken")));
$("#clear").addEventListener("click", () => tried(act("clear")));
for (const button of document.querySelectorAll("[data-edge]")) {
  button.addEventListener("click", (event) => tried(nudge(button.dataset.edge, Number(button.dataset.by) * (event.shiftKey ? 10 : 1))));
}
$("#find").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("#query").value.trim();
  if (text) tried(panels.find(text));
});

// Selected words

document.addEventListener("selectionchange", () => { if (getSelection().isCollapsed) $("#picked").hidden = true; });
const offer = () => setTimeout(() => {
  const words = transcript.selected();
  $("#picked").hidden = !words;
  if (!words) return;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  $("#picked").style.left = `${Math.max(8, Math.min(innerWidth - 420, box.left))}px`;
  $("#picked").style.top = `${Math.max(8, box.top - 46)}px`;
});
$("#transcript").addEventListener("pointerup", offer);
$("#transcript").addEventListener("keyup", (event) => { if (event.shiftKey) offer(); });
$("#picked").addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
$("#picked").addEventListener("click", (event) => tried((async () => {
  const words = transcript.selected(), doing = event.target.dataset.do;
  if (!words || !doing) return;
  if (doing === "clip") return panels.addClip(words);
  const quote = await ask("api/quote", "POST", { words });
  if (doing === "cite") return panels.copy(quote.citation, "citation");
  if (quote.start === null) throw new Error("These words were not spoken in the recording.");
  if (doing === "link") return panels.copy(quote.link, "link");
  player.playSpan(quote.start * 1000, quote.end * 1000);
})()));

// Keyboard

const single = $("#single");
single.checked = localStorage.getItem("single") !== "off";
single.addEventListener("change", () => localStorage.setItem("single", single.checked ? "on" : "off"));
const line = (by) => { const place = model.chosen < 0 ? Math.max(0, transcript.now) : model.chosen + by; model.choose(place); const own = model.lines[place]; if (own?.start != null) player.seek(own.start); };
const KEYS = {
  " ": () => player.toggle(), k: () => player.jkl("k"), j: () => player.jkl("j"), l: () => player.jkl("l"),
  ArrowLeft: () => player.seek(player.ms - 2000), ArrowRight: () => player.seek(player.ms + 2000), ArrowUp: () => line(-1), ArrowDown: () => line(1),
  Enter: () => { const own = chosen(); if (own.start !== null) player.playSpan(own.start, own.end); },
  n: () => panels.next(1), p: () => panels.next(-1), a: () => acceptAndGoOn("accept"), x: () => acceptAndGoOn("unspoken"), z: () => act("clear"),
  s: () => nudge("start", -10), d: () => nudge("start", 10), f: () => nudge("end", -10), h: () => nudge("end", 10),
  S: () => nudge("start", -100), D: () => nudge("start", 100), F: () => nudge("end", -100), H: () => nudge("end", 100),
  u: undo, U: redo, g: realign, i: clipSelected, "/": () => { $("#query").focus(); $("#query").select(); },
  "+": () => wave.zoom(0.5), "=": () => wave.zoom(0.5), "-": () => wave.zoom(2), "?": () => $("#keys").showModal(),
  c: () => player.setStyle(player.style ? "" : "netflix"),
};
const CTRL = { z: undo, Z: redo, y: redo, s: save };
document.addEventListener("keydown", (event) => {
  const at = event.target, typing = at.closest("input:not([type=checkbox]), textarea, select") || $("#keys").open;
  if (typing) { if (event.key === "Escape") at.blur(); return; }
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey || (at.closest("button, a, [role=slider]") && [" ", "Enter"].includes(event.key))) return;
  if (!command && !single.checked && event.key.length === 1 && event.key !== " ") return;
  if (event.shiftKey && event.key.startsWith("Arrow")) return; // selects words
  const doing = (command ? CTRL : KEYS)[event.key];
  if (!doing) return;
  event.preventDefault();
  tried((async () => doing())());
});

// Begin

async function tell() {
  for (;;) {
    await new Promise((go) => setTimeout(go, model.work ? 300 : document.hidden ? 5000 : model.peaks < model.duration ? 700 : 1500));
    try { await model.poll(); document.body.classList.remove("lost"); }
    catch (error) { if (!document.body.classList.contains("lost")) say(error.message); document.body.classList.add("lost"); }
  }
}

function frame() {
  const ms = player.frame();
  transcript.light(ms);
  wave.frame(ms);
  requestAnimationFrame(frame);
}

async function begin() {
  await model.load();
  document.title = `${model.title} · asdelivered`;
  $("#title").textContent = model.title;
  $("#file").textContent = model.file;
  $("#transcript").lang = model.language;
  if (model.notes.length) say(model.notes.join(" "));
  const styles = player.begin();
  const built = transcript.build();
  requestAnimationFrame(frame);
  await Promise.all([styles, built]);
  document.body.dataset.ready = "yes";
  tell();
}
tried(begin());
