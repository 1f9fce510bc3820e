// A new event: a page and a recording, chosen, dropped or pasted; or several pairs at once.
import { ask, button, labelled, make, say } from "./dom.js";
import { forgetDrafts, keepDraft } from "./drafts.js";
import { forget, isRecording, pairs, pick, send } from "./files.js";
import { t } from "./strings.js";

const NAMED = 8; // files without a partner that are named

export function newEventView(desk) {
  let given = { page: null, recording: null }, many = [], stopped = false, left = false;
  const paste = make("textarea", { rows: 7, id: "pasted", spellcheck: false, dir: "auto" });
  keepDraft(paste, "pasted");
  const status = make("p", { id: "adding", role: "status" });
  const slots = { page: make("div", { className: "slot" }), recording: make("div", { className: "slot" }) };
  const several = make("div", { id: "several" });
  const stop = make("button", { type: "button", id: "stop-upload", hidden: true, textContent: t("stop"), onclick: () => { stopped = true; } });
  const add = button(t("add"), addAll, { className: "main", id: "add" });

  function slot(kind) {
    const file = given[kind];
    const choose = button(t(file ? "replace" : "choose"), async () => { const one = await pick(kind); if (one) { given[kind] = one; draw(); document.querySelector(`#choose-${kind}`).focus(); } }, { id: `choose-${kind}` });
    const dropped = make("input", { type: "file", className: "hidden", tabIndex: -1, "aria-hidden": "true", id: `file-${kind}` });
    dropped.addEventListener("change", () => take([...dropped.files], kind));
    slots[kind].replaceChildren(
      make("h2", { textContent: t(kind) }), make("p", { className: "soft", textContent: t(`${kind}_hint`) }),
      ...(file ? [make("p", { className: "file", dir: "auto", textContent: file.name }), choose] : [make("div", { className: "row" }, choose, make("span", { className: "soft", textContent: t("or_drop") }))]), dropped);
    if (kind === "page" && !file) slots[kind].append(labelled(t("paste"), paste));
  }

  function draw() {
    slot("page");
    slot("recording");
    several.replaceChildren(...(many.length > 1
      ? [make("p", { textContent: t("pairs", { count: many.length }) }), make("ul", {}, ...many.map((one) => make("li", { textContent: `${one.page.name} + ${one.recording.name}` })))] : []));
    slots.page.hidden = slots.recording.hidden = many.length > 1;
    add.textContent = many.length > 1 ? t("add_many", { count: many.length }) : t("add");
  }

  function take(files, kind = null) {
    if (kind && files.length === 1) given[kind] = files[0];
    else if (files.length === 1) given[isRecording(files[0].name) ? "recording" : "page"] = files[0];
    else {
      const { found, alone } = pairs(files);
      if (found.length === 1) given = found[0];
      many = found.length > 1 ? found : [];
      if (alone.length) say(t("unpaired", { names: [...alone.slice(0, NAMED).map((one) => one.name), ...(alone.length > NAMED ? ["…"] : [])].join(", ") }));
    }
    draw();
  }

  async function ready(one) {
    if (!(one instanceof File)) return { path: one.path };
    stop.hidden = false;
    addEventListener("beforeunload", warn);
    try {
      const sent = await send(one, (share) => { status.textContent = t("uploading", { name: one.name, percent: Math.round(100 * share) }); }, () => stopped);
      if (!sent) throw new Error(t("upload_stopped"));
      return sent;
    } finally {
      stop.hidden = true;
      removeEventListener("beforeunload", warn);
    }
  }
  const warn = (event) => event.preventDefault(); // the browser asks before it shuts the window

  async function addOne({ page, recording }) {
    const text = page ? null : paste.value;
    if (!page && !text.trim()) throw new Error(t(recording ? "page_lacks" : "both_lack"));
    if (!recording) throw new Error(t("recording_lacks"));
    const body = { page: page ? await ready(page) : text, recording: await ready(recording) };
    status.textContent = t("adding");
    const made = await ask("api/events", "POST", body);
    forget(page);
    forget(recording);
    if (!page) forgetDrafts("pasted");
    return made;
  }

  async function addAll() {
    document.querySelector("#notes").replaceChildren(); // what was said of the attempt before
    stopped = false;
    try {
      if (many.length > 1) await addMany();
      else {
        const { key, title } = await addOne(given);
        await desk.refresh();
        if (left) say(t("added_event", { title }), true); else desk.go(`#/event/${key}/text`);
      }
    } finally { status.textContent = ""; }
  }

  async function addMany() { // a pair that is refused stays, and does not keep the others out
    const refused = [], reasons = [];
    for (const one of many) {
      if (stopped) { refused.push(one); continue; }
      try { await addOne(one); } catch (error) { refused.push(one); reasons.push(`${one.page.name} + ${one.recording.name}: ${error.message}`); }
    }
    await desk.refresh();
    if (!refused.length) { if (!left) desk.go("#/"); return; }
    [many, given] = refused.length > 1 ? [refused, { page: null, recording: null }] : [[], refused[0]];
    draw();
    say(reasons.join(" · "));
  }

  if (desk.dropped.length) take(desk.dropped); else draw();
  desk.dropped = [];
  return { title: t("new_event"), elements: [
    make("a", { href: "#/", className: "back", textContent: `← ${t("back")}` }), make("h1", { textContent: t("new_event"), tabIndex: -1 }), several, make("div", { className: "slots" }, slots.page, slots.recording), make("div", { className: "row" }, add, stop, status)], leave: () => { left = true; } };
}
