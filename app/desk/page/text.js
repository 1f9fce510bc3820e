// What was understood of a page, with the corrections that a person can make before it is aligned.
import { ask, button, labelled, make, say } from "./dom.js";
import { forgetDrafts, keepDraft } from "./drafts.js";
import { languageName, languagesByName, named, t } from "./strings.js";

const MOST = 60; // lines that a list shows

export async function textView(desk, details, recheck) {
  if (!details.has_page) return { elements: [make("p", { className: "panel", textContent: t("no_text") })] };
  const root = make("div", { className: "text" });
  let aligned = details.aligned, busy = false;
  draw(await ask(`api/events/${details.key}/text`));
  return { elements: [root], update };

  function update(_, event) { // what the button does now; while it is being aligned it leads to where that is shown
    aligned = event.aligned;
    busy = ["waiting", "working"].includes(event.stage);
    root.querySelector("#align").textContent = alignText();
  }

  function alignText() {
    return t(busy ? "see_progress" : aligned ? "align_again" : "align");
  }

  function draw(read) {
    const language = languageChoice(read);
    const unspoken = make("textarea", { rows: 3, value: read.unspoken_texts.join("\n"), id: "unspoken", dir: "auto" });
    const rows = read.speakers.map((speaker) => speakerRow(speaker, read));
    const sounds = soundChoice(details, read);
    const body = () => ({ language: language.value || null, unspoken: unspoken.value.split("\n"), speakers: rows.filter((row) => row.labels.length).map((row) => row.value()), sound: sounds.chosen(), version: read.version });
    const asRead = JSON.stringify(body());
    const drafts = `${details.key} text`, fields = [language, unspoken, ...rows.flatMap((row) => row.fields)];
    fields.forEach((field, at) => keepDraft(field, `${drafts} ${read.version} ${at}`));
    const send = async () => {
      const again = await ask(`api/events/${details.key}/text`, "PUT", body());
      forgetDrafts(drafts);
      return again;
    };
    const save = async () => {
      const again = await send();
      draw(again);
      say(t("corrected"), true);
      await recheck();
      root.querySelector("#correct").focus();
    };
    const align = async () => { // with what was just corrected
      if (JSON.stringify(body()) !== asRead) await send();
      if (!busy) await ask(`api/events/${details.key}/align`, "POST");
      await desk.refresh();
      desk.go(`#/event/${details.key}/times`);
    };
    const facts = [["title", read.title], ["date", read.date], ["occasion", read.occasion], ["format", named(read.format_name)]];
    const media = make("audio", { controls: true, preload: "none", src: `events/${details.key}/media`, "aria-label": t("listen_recording") });
    root.replaceChildren(
      make("section", { className: "panel" }, make("h2", { textContent: t("understood") }),
        make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", { textContent: t(name) }), make("dd", { dir: "auto", textContent: value || t("none") })])),
        labelled(t("language"), language), make("p", { className: "soft", textContent: t("listen_recording") }), media, sounds.element, modelHint(read)),
      make("section", { className: "panel" }, make("h2", { textContent: t("speakers") }), speakerTable(rows)),
      make("section", { className: "panel" }, make("h2", { textContent: t("unspoken_by_page") }), unspokenList(read), labelled(t("unspoken_more"), unspoken, t("unspoken_hint"))),
      doubtful(read, unspoken),
      make("div", { className: "row sticky" }, button(alignText(), align, { className: "main", id: "align" }), button(t("save_corrections"), save, { id: "correct" })),
      make("section", { className: "panel" }, make("h2", { textContent: t("transcript") }), transcript(read)));
  }
}

function languageChoice(read) {
  const known = languagesByName([read.given_language, read.language]);
  const found = read.given_language || !read.language ? t("from_text") : `${languageName(read.language)} (${t("found")})`;
  return make("select", { id: "text-language" }, new Option(found, ""), ...known.map(([code, name]) => new Option(name, code, false, code === read.given_language)));
}

function doubtful(read, unspoken) { // lines that may have been read wrongly: the recording decides, unless a person knows better
  if (!read.doubts.length) return null;
  const lines = new Map(read.turns.flatMap((turn) => turn.lines).map((line) => [line.id, line]));
  const drop = (text) => () => { // into the field of what nobody says
    unspoken.value = [unspoken.value.trim(), text].filter(Boolean).join("\n");
    unspoken.dispatchEvent(new Event("input"));
    unspoken.focus();
  };
  const rows = read.doubts.slice(0, MOST).map(({ line: id, reason }) => {
    const { text, kind } = lines.get(id);
    return make("li", {}, make("span", { className: "kind", textContent: t(`doubt_${reason.replaceAll(" ", "_")}`) }), " ", make("span", { dir: "auto", textContent: text }), " ",
      kind === "spoken" && button(t("nobody_says"), drop(text), { "aria-label": `${t("nobody_says")}: ${text}` }));
  });
  return make("section", { className: "panel", id: "doubts" }, make("h2", { textContent: t("doubtful_lines") }), make("p", { className: "soft", textContent: t("doubtful_hint") }),
    make("ul", { className: "unspoken", tabIndex: 0, "aria-label": t("doubtful_lines") }, ...rows), ...more(read.doubts.length));
}

const more = (count) => (count > MOST ? [make("p", { className: "soft", textContent: t("more_lines", { count: count - MOST }) })] : []);

function modelHint(read) {
  if (read.has_model || !read.language || read.language.startsWith("en")) return null;
  return make("p", { className: "why", id: "model-hint" }, t("model_hint"), make("a", { href: "#/machine", textContent: t("get_a_model") }));
}

function soundChoice(details, read) { // which track or channel is aligned, each with a piece to listen to
  if (!read.sounds.length) return { element: null, chosen: () => read.sound };
  const player = make("audio", { preload: "none" });
  const play = async (value) => {
    const source = new URL(`events/${details.key}/sounds/${encodeURIComponent(value)}`, document.baseURI).href;
    if (player.src === source && !player.paused) { player.pause(); return; }
    player.src = source;
    await player.play();
  };
  const choices = read.sounds.map(({ value, name }) => {
    const text = name || t("sound_auto");
    const radio = make("input", { type: "radio", name: "sound", value, checked: value === read.sound });
    return make("div", { className: "row" }, make("label", { className: "check" }, radio, make("span", { textContent: text })),
      ...(name ? [button(t("play"), () => play(value), { "aria-label": `${t("play")}: ${text}` })] : []));
  });
  const element = make("fieldset", { id: "sounds" }, make("legend", { textContent: t("sound") }), ...choices, player);
  return { element, chosen: () => element.querySelector("input:checked")?.value ?? "auto" };
}

function speakerRow(speaker, read) {
  const name = make("input", { value: speaker.name, "aria-label": t("name"), dir: "auto" });
  const role = make("input", { value: speaker.role ?? "", "aria-label": t("role"), dir: "auto" });
  const never = make("input", { type: "checkbox", "aria-label": `${t("no_speaker")}: ${speaker.name}` });
  const first = read.turns.flatMap((turn) => turn.lines).find((line) => line.id === speaker.first_line)?.text ?? "";
  const cells = [name, role, make("span", { className: "soft first", dir: "auto", textContent: first }), make("span", { textContent: speaker.turns }), make("span", { textContent: speaker.words }), never];
  return {
    labels: speaker.labels,
    fields: [name, role, never],
    element: make("tr", {}, ...cells.map((cell) => make("td", {}, cell))),
    value: () => ({ name: name.value, role: role.value, labels: speaker.labels, never: never.checked }),
  };
}

function speakerTable(rows) {
  if (!rows.length) return make("p", { className: "soft", textContent: t("none") });
  const heads = ["name", "role", "first_line", "lines_said", "words", "no_speaker"].map((key) => make("th", { scope: "col", textContent: t(key) }));
  return make("div", { className: "scroll", tabIndex: 0, role: "group", "aria-label": t("speakers") },
    make("table", { id: "speakers" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows.map((row) => row.element))));
}

function unspokenList(read) {
  const lines = read.turns.flatMap((turn) => turn.lines).filter((line) => !["spoken", "speaker", "blank"].includes(line.kind));
  if (!lines.length) return make("p", { className: "soft", textContent: t("none") });
  return make("ul", { className: "unspoken", tabIndex: 0, "aria-label": t("unspoken_by_page") }, ...lines.slice(0, MOST).map((line) => make("li", { dir: "auto" }, make("span", { className: "kind", textContent: t(`kind_${line.kind}`) }), ` ${line.text}`)), ...more(lines.length));
}

function transcript(read) {
  return make("div", { className: "turns" }, ...read.turns.map((turn) => make("div", { className: "turn" },
    ...(turn.speaker ? [make("h3", { dir: "auto", textContent: turn.speaker })] : []),
    ...turn.lines.filter((line) => line.kind !== "speaker").map((line) => make("p", { dir: "auto", className: line.kind === "spoken" ? "" : "soft", textContent: line.text })))));
}
