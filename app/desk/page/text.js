// What was understood of a page, with the corrections that a person can make before it is aligned.
import { ask, button, labelled, make, say } from "./dom.js";
import { forgetDrafts, keepDraft } from "./drafts.js";
import { languageName, named, t } from "./strings.js";

export async function textView(desk, details) {
  if (!details.has_page) return { elements: [make("p", { className: "panel", textContent: t("no_text") })] };
  const root = make("div", { className: "text" });
  draw(await ask(`api/events/${details.key}/text`));
  return { elements: [root] };

  function draw(read) {
    const language = make("input", { value: read.given_language ?? "", placeholder: read.language ?? "", maxLength: 3, size: 6, id: "text-language", autocomplete: "off" });
    const unspoken = make("textarea", { rows: 3, value: read.unspoken_texts.join("\n"), id: "unspoken", dir: "auto" });
    const rows = read.speakers.map((speaker) => speakerRow(speaker, read));
    const sounds = soundChoice(details, read);
    const body = () => ({ language: language.value.trim() || null, unspoken: unspoken.value.split("\n"), speakers: rows.filter((row) => row.labels.length).map((row) => row.value()), sound: sounds.chosen(), version: read.version });
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
      root.querySelector("#correct").focus();
    };
    const align = async () => { // with what was just corrected
      if (JSON.stringify(body()) !== asRead) await send();
      await ask(`api/events/${details.key}/align`, "POST");
      await desk.refresh();
      desk.go(`#/event/${details.key}/times`);
    };
    const facts = [["title", read.title], ["date", read.date], ["occasion", read.occasion], ["format", named(read.format_name)]];
    const media = make("audio", { controls: true, preload: "none", src: `events/${details.key}/media`, "aria-label": t("listen_recording") });
    root.replaceChildren(
      make("section", { className: "panel" }, make("h2", { textContent: t("understood") }),
        make("dl", {}, ...facts.flatMap(([name, value]) => [make("dt", { textContent: t(name) }), make("dd", { dir: "auto", textContent: value || t("none") })])),
        labelled(t("language"), language, read.given_language || !read.language ? "" : `${languageName(read.language)} (${t("found")})`), media, sounds.element, modelHint(read)),
      make("section", { className: "panel" }, make("h2", { textContent: t("speakers") }), speakerTable(rows)),
      make("section", { className: "panel" }, make("h2", { textContent: t("unspoken_by_page") }), unspokenList(read), labelled(t("unspoken_more"), unspoken, t("unspoken_hint"))),
      make("div", { className: "row sticky" }, button(t(details.aligned ? "align_again" : "align"), align, { className: "main", id: "align" }), button(t("save_corrections"), save, { id: "correct" })),
      make("section", { className: "panel" }, make("h2", { textContent: t("transcript") }), transcript(read)));
  }
}

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
  return make("ul", { className: "unspoken", tabIndex: 0, "aria-label": t("unspoken_by_page") }, ...lines.slice(0, 60).map((line) => make("li", { dir: "auto" }, make("span", { className: "kind", textContent: t(`kind_${line.kind}`) }), ` ${line.text}`)));
}

function transcript(read) {
  return make("div", { className: "turns" }, ...read.turns.map((turn) => make("div", { className: "turn" },
    ...(turn.speaker ? [make("h3", { dir: "auto", textContent: turn.speaker })] : []),
    ...turn.lines.filter((line) => line.kind !== "speaker").map((line) => make("p", { dir: "auto", className: line.kind === "spoken" ? "" : "soft", textContent: line.text })))));
}
