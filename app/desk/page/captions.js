// Captions as they will air, over the picture; a person breaks lines, splits, joins and moves them.
import { announce, ask, button, labelled, make, say, tried } from "./dom.js";
import { named, said, t } from "./strings.js";

const STEP = 40; // milliseconds
const KEPT = "asdelivered-caption-style";

export async function captionsView(desk, details) {
  if (!details.aligned) return { elements: [make("p", { className: "panel", textContent: t("first_align") })] };
  const path = `api/events/${details.key}/captions`;
  const style = make("select", { id: "air-style" }, ...desk.choices.styles.map(([value, title]) => make("option", { value, textContent: named(title) })));
  style.value = localStorage.getItem(KEPT) ?? "netflix";
  if (!style.value) style.value = "netflix";
  const player = make("video", { id: "air", preload: "metadata", playsInline: true, src: `events/${details.key}/media`, "aria-label": t("recording") });
  // The browser's own controls would lie over the captions.
  const play = button(t("play"), () => (player.paused ? player.play() : player.pause()), { id: "play-air" });
  const seek = make("input", { type: "range", id: "seek-air", min: 0, step: 0.1, value: 0, "aria-label": t("place"), oninput: () => { player.currentTime = Number(seek.value); } });
  const time = make("output", { className: "time soft", htmlFor: "seek-air" });
  const overlay = make("p", { id: "on-air", dir: "auto", "aria-hidden": "true" });
  const list = make("ol", { id: "cues", "aria-label": t("captions") });
  const counts = make("p", { className: "soft", id: "cue-counts", role: "status" });
  const lost = make("section", { className: "panel", id: "lost-edits", hidden: true });
  let cues = [], selected = null, word = 0, changed = false, loading = 0, version = "", stage = details.stage, steps = { undo: 0, redo: 0, edits: 0, lost: [] };

  const undo = button(t("undo"), () => send("undo"), { id: "undo-cue" }), redo = button(t("redo"), () => send("redo"), { id: "redo-cue" });
  const next = button(t("next_problem"), nextProblem, { id: "next-problem" });
  const firstOf = (cue) => (cue.words.length ? cue.words[0][0] : -1);
  const unitsOf = (cue) => cue.words.flatMap(([first, units]) => units.map((text, at) => ({ number: first + at, text })));

  async function load() { // part after part, so that the first is there at once
    const mine = ++loading;
    cues = [];
    list.replaceChildren();
    for (let at = 0, end = -1; at > end;) {
      const part = await ask(`${path}?style=${style.value}&at=${at}`);
      if (mine !== loading) return;
      if (!at) version = part.version;
      take(part);
      end = at;
      at = part.end >= part.duration ? end : part.end;
    }
    list.dataset.whole = "yes";
  }

  function take(part) { // the cues of a part in the place of those that were there
    const own = part.cues.filter((cue) => cue.start >= part.start || part.start === 0);
    const inside = (cue) => cue.start >= part.start && cue.start < part.end;
    const from = cues.findIndex(inside), gone = cues.filter(inside);
    const after = from >= 0 ? cues[from + gone.length] : cues.find((cue) => cue.start >= part.end);
    for (const cue of gone) cue.row.remove();
    for (const cue of own) cue.row = make("li");
    cues.splice(from >= 0 ? from : after ? cues.indexOf(after) : cues.length, gone.length, ...own);
    const rows = document.createDocumentFragment();
    for (const cue of own) { draw(cue); rows.append(cue.row); }
    list.insertBefore(rows, after?.row ?? null);
    steps = part;
    undo.setAttribute("aria-disabled", String(!part.undo));
    redo.setAttribute("aria-disabled", String(!part.redo));
    const wrong = cues.filter((cue) => cue.problems.length).length;
    counts.textContent = t("cue_counts", { count: cues.length, wrong, edits: part.edits });
    next.hidden = !wrong;
    drawLost();
    air();
  }

  function drawLost() {
    lost.hidden = !steps.lost.length;
    if (lost.hidden) return;
    lost.replaceChildren(make("h2", { textContent: t("lost_edits") }), make("ul", {}, ...steps.lost.map((text) => make("li", { dir: "auto", textContent: text }))),
      make("div", { className: "row" }, button(t("forget_edits"), () => send("forget"), { id: "forget" })));
  }

  function draw(cue) {
    const mine = cue === selected, can = cue.words.length > 0;
    const time = `${clock(cue.start)} – ${clock(cue.end)}`;
    const text = make("span", { className: "lines", dir: "auto" }, ...cue.shown.map((line) => make("span", { textContent: line })));
    const head = make("button", { type: "button", className: "cue", "aria-expanded": String(mine), onclick: () => select(cue, true) },
      make("span", { className: "time soft", textContent: time }), text, cue.by_hand && make("span", { className: "badge aligned", textContent: t("by_hand") }));
    const problems = cue.problems.map((one) => make("p", { className: one.severity === "error" ? "why" : "soft", textContent: said(one.text), title: one.source }));
    cue.row.className = [mine ? "selected" : "", cue.problems.some((one) => one.severity === "error") ? "wrong" : ""].join(" ").trim();
    cue.row.replaceChildren(head, ...problems, ...(mine && can ? tools(cue) : []));
  }

  function tools(cue) {
    const units = unitsOf(cue), starts = new Set(cue.words.slice(1).map(([first]) => first));
    word = Math.min(Math.max(1, word), Math.max(1, units.length - 1));
    const words = make("div", { className: "words", role: "group", "aria-label": t("words_of_cue"), dir: "auto" });
    units.forEach((unit, at) => {
      if (starts.has(unit.number)) words.append(make("br"));
      words.append(make("button", { type: "button", textContent: unit.text, tabIndex: at === word ? 0 : -1, "aria-pressed": String(at === word), onclick: () => { word = at; refresh(cue); } }));
    });
    const number = () => units[word]?.number ?? -1;
    const move = (start, end) => send("times", { start: Math.max(0, cue.start + start), end: cue.end + end });
    const tool = (key, act, id) => button(t(key), act, { id });
    return [words, make("div", { className: "row tools" },
      ...(units.length > 1 ? [tool("break_here", () => send("break", { at: number() }), "break-line"), tool("split_here", () => send("split", { at: number() }), "split-cue")] : []),
      tool("join_next", () => send("merge"), "merge-cue"),
      tool("in_earlier", () => move(-STEP, 0), "in-earlier"), tool("in_later", () => move(STEP, 0), "in-later"),
      tool("out_earlier", () => move(0, -STEP), "out-earlier"), tool("out_later", () => move(0, STEP), "out-later"),
      ...(cue.by_hand ? [tool("as_style", () => send("reset"), "reset-cue")] : []))];
  }

  function refresh(cue) { // the words again, with the focus where it was
    draw(cue);
    cue.row.querySelector(".words [aria-pressed=true]")?.focus();
  }

  function select(cue, seek = false, focus = true) {
    const before = selected;
    selected = cue;
    word = 1;
    if (before && before !== cue && before.row.isConnected) draw(before);
    draw(cue);
    cue.row.scrollIntoView({ block: "nearest" });
    if (focus) (cue.row.querySelector(".words [aria-pressed=true]") ?? cue.row.querySelector("button")).focus({ preventScroll: true });
    if (seek && player.paused) player.currentTime = cue.start / 1000 + 0.01;
  }

  async function send(kind, more = {}) {
    const cue = selected ?? cues[0];
    if (!cue || (!selected && !["undo", "redo", "forget"].includes(kind))) return;
    const kept = firstOf(cue), wanted = kind === "split" ? more.at : kept;
    const held = list.contains(document.activeElement) ? document.activeElement.id : "";
    let part;
    try { part = await ask(`${path}/${kind}`, "POST", { style: style.value, moment: cue.start, first: kept, version, ...more }); } catch (error) {
      const now = await ask(`${path}?style=${style.value}&at=${cue.start}`);
      if (now.version !== version) { selected = null; await load(); } // of another window
      throw error;
    }
    changed = true;
    selected = null;
    version = part.version;
    take(part);
    if (["undo", "redo"].includes(kind)) { await load(); }
    const found = cues.find((one) => firstOf(one) === wanted) ?? cues.find((one) => unitsOf(one).some((unit) => unit.number === wanted));
    if (!found) return;
    const at = kind === "break" ? unitsOf(found).findIndex((unit) => unit.number === more.at) : 1;
    select(found, false, false);
    if (at > 0) { word = at; draw(found); }
    (held && found.row.querySelector(`#${held}`) || found.row.querySelector(".words [aria-pressed=true]"))?.focus({ preventScroll: true });
    announce(found.shown.join(" / "));
  }

  function nextProblem() {
    const from = selected ? cues.indexOf(selected) : -1;
    const order = [...cues.slice(from + 1), ...cues.slice(0, from + 1)];
    const cue = order.find((one) => one.problems.some((problem) => problem.severity === "error")) ?? order.find((one) => one.problems.length);
    if (cue) { select(cue, true); cue.row.scrollIntoView({ block: "center" }); }
  }

  function near(by) {
    const to = cues[cues.indexOf(selected) + by];
    if (to) select(to, true);
  }

  const keys = {
    ArrowDown: () => near(1), ArrowUp: () => near(-1),
    ArrowRight: () => { word += 1; refresh(selected); }, ArrowLeft: () => { word -= 1; refresh(selected); },
    b: () => press("break-line"), s: () => press("split-cue"), m: () => press("merge-cue"), r: () => press("reset-cue"),
    "[": () => press("in-earlier"), "]": () => press("in-later"), "{": () => press("out-earlier"), "}": () => press("out-later"),
    n: nextProblem, u: () => undo.click(), U: () => redo.click(), k: () => (player.paused ? player.play() : player.pause()),
  };
  const press = (id) => selected?.row.querySelector(`#${id}`)?.click();
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    if (!selected && !["n", "u", "U", "k"].includes(event.key)) return;
    event.preventDefault();
    tried(async () => keys[event.key]());
  });

  let shown = null;
  function air() { // what is on air at the player's moment
    const now = player.currentTime * 1000;
    let low = 0, high = cues.length;
    while (low < high) { const middle = (low + high) >> 1; if (cues[middle].start <= now) low = middle + 1; else high = middle; }
    const cue = low && cues[low - 1].end > now ? cues[low - 1] : null;
    if (cue === shown) return;
    shown?.row.classList.remove("now");
    shown = cue;
    overlay.className = cue?.top ? "top" : "";
    overlay.replaceChildren(...(cue ? cue.shown.map((line) => make("span", { textContent: line })) : []));
    cue?.row.classList.add("now");
    if (cue && !player.paused) {
      const box = list.getBoundingClientRect(), row = cue.row.getBoundingClientRect();
      if (row.top < box.top || row.bottom > box.bottom) list.scrollTop += row.top - box.top - box.height / 3;
    }
  }
  function place() {
    if (document.activeElement !== seek || !player.paused) seek.value = player.currentTime;
    time.value = clock(Math.round(player.currentTime * 1000)).replace(/\.\d+$/, "");
    seek.setAttribute("aria-valuetext", time.value);
    play.textContent = t(player.paused ? "play" : "pause");
  }
  const follow = () => { air(); if (!player.paused && player.isConnected) requestAnimationFrame(follow); };
  player.addEventListener("play", follow);
  for (const name of ["seeked", "timeupdate"]) player.addEventListener(name, air);
  for (const name of ["seeked", "timeupdate", "play", "pause", "loadedmetadata"]) player.addEventListener(name, place);
  player.addEventListener("click", () => play.click());
  player.addEventListener("loadedmetadata", () => {
    seek.max = Number.isFinite(player.duration) ? player.duration : details.duration ?? 0;
  });

  function update(_, event) { // another alignment, of this window or another
    if (event.stage === "aligned" && stage !== "aligned") { selected = null; tried(load); }
    stage = event.stage;
  }

  style.addEventListener("change", () => { localStorage.setItem(KEPT, style.value); selected = null; tried(load); });
  function leave() { // what was made of these captions before is made again
    if (!changed) return;
    changed = false;
    tried(async () => {
      const made = await ask(`${path}/files`, "POST");
      if (made.remarks.length) say(made.remarks.map(said).join(" "));
    });
  }

  tried(load);
  const head = make("div", { className: "row captions-head" }, labelled(t("style"), style), next, undo, redo);
  const help = make("details", {}, make("summary", { textContent: t("keys") }), make("p", { className: "soft", textContent: t("cue_keys") }));
  const left = make("div", { className: "watch" }, make("div", { className: "screen" }, player, overlay), make("div", { className: "row bar" }, play, seek, time), counts, help);
  return { elements: [head, lost, make("div", { className: "captions" }, left, list)], update, leave };
}

function clock(ms) {
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  const seconds = ms / 1000;
  return `${seconds >= 3600 ? `${Math.floor(seconds / 3600)}:` : ""}${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, "0")}`;
}
