// An event: its steps from text to export, and what stands in each.
import { ask, button, make, say, tried } from "./dom.js";
import { captionsView } from "./captions.js";
import { exportView } from "./exports.js";
import { pick } from "./files.js";
import { progressOf } from "./progress.js";
import { said, t } from "./strings.js";
import { textView } from "./text.js";

const TABS = ["text", "times", "captions", "export"];

export async function eventView(desk, key, tab) {
  const details = await ask(`api/events/${key}`);
  if (!desk.state?.events.some((one) => one.key === key)) await desk.refresh(); // another window has added it
  const tabs = TABS.includes(tab) ? tab : "text";
  const nav = make("nav", { "aria-label": t("steps"), className: "steps" });
  const body = make("div", { id: "step" }), warnings = make("div", { id: "warnings", role: "status" });
  const links = () => {
    const made = TABS.map((name) => make("a", { href: `#/event/${key}/${name}`, textContent: t(`tab_${name}`), ...(name === tabs ? { "aria-current": "page" } : {}) }));
    const review = make("a", { href: `events/${key}/review/`, id: "to-review", textContent: t("tab_review") });
    nav.replaceChildren(...made.slice(0, 2), ...(details.aligned ? [review] : []), ...made.slice(2));
  };
  links();
  const warn = (gone) => warnings.replaceChildren(
    ...(gone ? [make("p", { className: "why" }, t("recording_gone", { file: gone }), " ", details.own ? button(t("choose_recording"), relink, { id: "relink" }) : "")] : []),
    ...(!gone && details.outdated ? [make("p", { className: "why", textContent: t("outdated") })] : []));
  async function relink() {
    const one = await pick("recording");
    if (!one) return;
    await ask(`api/events/${key}/recording`, "PUT", { path: one.path });
    await desk.refresh();
    desk.again();
  }
  warn(details.recording_gone);

  async function recheck() { // whether the alignment has what was corrected
    details.outdated = (await ask(`api/events/${key}`)).outdated;
    warn(details.recording_gone);
  }

  const views = { text: textView, times: timesView, captions: captionsView, export: exportView };
  const shown = await views[tabs](desk, details, recheck);
  body.append(...shown.elements);
  let gone = false;

  function update(state) {
    const now = state?.events.find((one) => one.key === key);
    if (state && !now && !gone) say(t("gone", { title: details.title }));
    gone = Boolean(state && !now);
    if (!now) return;
    if (now.recording_gone !== details.recording_gone) warn(details.recording_gone = now.recording_gone);
    if (now.aligned !== details.aligned) {
      details.aligned = now.aligned;
      links();
      if (["captions", "export"].includes(tabs)) { desk.again(); return; } // they said that there were no times yet
    }
    if (now.stage !== details.stage) { details.stage = now.stage; tried(recheck); }
    shown.update?.(state, now);
  }

  async function remove() { // at once, since it can be undone
    gone = true; // which this window need not be told
    const { removed } = await ask(`api/events/${key}/remove`, "POST");
    const undo = async () => { desk.state = await ask("api/restore", "POST", { removed }); desk.view?.update?.(desk.state); };
    await desk.refresh();
    desk.note = () => say(t("removed", { title: details.title, folder: `${desk.state.folder}/.removed` }), true, undo);
    desk.go("#/");
  }

  const head = make("div", { className: "head" }, make("h1", { dir: "auto", textContent: details.title, tabIndex: -1 }),
    ...(details.own ? [button(t("remove"), remove, { id: "remove", className: "quiet" })] : []));
  const back = make("a", { href: "#/", className: "back", textContent: `← ${t("back")}` });
  return { title: details.title, elements: [back, head, nav, warnings, body], update, leave: shown.leave };
}

function timesView(desk, details) {
  const box = make("section", { className: "panel", id: "times" });
  const progress = make("div", { className: "progress", id: "progress" });
  const found = make("section", { className: "panel turns", id: "found", hidden: true });
  let drawn = "", seen = 0;

  async function drawFound(count) { // the text fills with the times that the recogniser found; they may still move
    seen = count;
    const [{ starts }, read] = await Promise.all([ask(`api/events/${details.key}/found`), ask(`api/events/${details.key}/text`)]);
    const lines = read.turns.flatMap((turn) => turn.lines.filter((line) => line.kind === "spoken"));
    found.replaceChildren(make("h2", { textContent: t("found_so_far") }), make("p", { className: "soft", textContent: t("found_hint", { count: Object.keys(starts).length, lines: lines.length }) }),
      ...lines.map((line) => make("p", { className: line.id in starts ? "turn" : "turn soft" }, make("span", { className: "time soft", textContent: line.id in starts ? `≈ ${at(starts[line.id])} ` : "… " }), make("span", { dir: "auto", textContent: line.text }))));
    found.hidden = false;
  }

  const act = (what) => async () => {
    desk.state = await ask(`api/events/${details.key}/${what}`, "POST");
    desk.view?.update?.(desk.state);
    await desk.refresh();
  };

  async function notify() {
    desk.wanted.add(details.key);
    if (Notification.permission === "default") await Notification.requestPermission();
    if (Notification.permission === "granted") say(t("will_notify"), true);
    else throw new Error(t("no_notifications"));
  }

  async function draw(event) {
    const busy = event.stage === "waiting" || event.stage === "working";
    const start = event.stage === "stopped" ? t("resume") : event.stage === "failed" || event.aligned ? t("align_again") : t("align");
    const row = make("div", { className: "row" });
    if (busy) row.append(button(t("stop"), act("stop"), { id: "stop" }), button(t("notify"), notify, { id: "notify" }));
    else if (event.has_page) row.append(button(start, act("align"), { id: "align", className: event.stage === "aligned" ? "" : "main" }));
    if (event.aligned && !busy) row.append(make("a", { className: "button main", href: `events/${details.key}/review/`, textContent: t("open_review"), id: "open-review" }));
    const result = event.stage === "aligned" ? (await ask(`api/events/${details.key}`)).results.find((one) => one.kind === "align") : null;
    const text = event.stage === "failed" ? [make("h2", { textContent: t("failed_text") }), make("p", { className: "why", id: "reason", textContent: said(event.message) })]
      : [make("p", { className: "stage", textContent: t(`${event.stage}_text`) })];
    if (result?.summary.lines) text.push(make("p", { textContent: t("done_lines", { lines: result.summary.lines, timed: result.summary.lines_timed }) }));
    if (event.aligned && !busy) text.push(make("p", { className: "soft", textContent: t("review_text") }));
    const focused = box.contains(document.activeElement);
    box.replaceChildren(...text, progress, row);
    if (focused) row.querySelector("button")?.focus();
  }

  function update(state, event) {
    const work = state.work.find((one) => one.event === details.key && one.kind === "align");
    progress.replaceChildren(...(work?.running ? progressOf(work) : []));
    if (!work?.running) found.hidden = true;
    else if (work.found && work.found !== seen && details.has_page) tried(() => drawFound(work.found));
    const now = `${event.stage} ${event.aligned} ${event.message}`;
    if (now !== drawn) { drawn = now; draw(event); }
  }

  return { elements: [box, found], update };
}

function at(ms) {
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  return `${Math.floor(ms / 3600000)}:${two((ms / 60000) % 60)}:${two((ms / 1000) % 60)}`;
}
