// What is made of an alignment: captions, clips, a page; each with the command line that does the same.
import { announce, ask, button, labelled, make, say, tried } from "./dom.js";
import { clipPreview } from "./clip_preview.js";
import { keepDraft } from "./drafts.js";
import { progressOf } from "./progress.js";
import { named, said, t } from "./strings.js";

const TRANSCRIPTS = ["docx", "speakers", "txt", "json", "html", "words"];
const USUAL_FORMATS = ["srt", "vtt", "ttml", "ass"], USUAL_LISTS = [".edl", ".fcpxml", ".otio", ".csv"];

export function exportView(desk, details) {
  if (!details.aligned) return { elements: [make("p", { className: "panel", textContent: t("first_align") })] };
  const { choices } = desk;
  const files = make("section", { className: "panel", id: "files" }), results = new Map(); // of each kind, where its progress and its files are shown
  let busy = "";

  const style = (id, chosen) => make("select", { id }, ...choices.styles.map(([value, title]) => make("option", { value, textContent: named(title), selected: value === chosen })));
  const captionStyle = style("caption-style", "netflix"), clipStyle = style("clip-style", "netflix");
  const formats = boxes("formats", choices.formats.filter(([name]) => !TRANSCRIPTS.includes(name) || name === "json"), USUAL_FORMATS, ["srt"], t("more_formats"));
  const labels = make("input", { type: "checkbox", checked: true, id: "labels" });
  const ownWords = make("input", { type: "checkbox", id: "own-words" });
  const quotes = make("textarea", { rows: 4, id: "quotes", dir: "auto" });
  keepDraft(quotes, `${details.key} quotes`);
  const lists = boxes("lists", choices.lists, USUAL_LISTS, [".edl"], t("more_lists"));
  const media = make("select", { id: "media" }, ...choices.media.map((value) => make("option", { value, textContent: t(`media_${value}`) })));
  const styleOfClips = labelled(t("style"), clipStyle);
  const clipBody = () => ({ quotes: quotes.value.split("\n"), lists: lists.chosen(), media: media.value, style: clipStyle.value, lower_third: lowerThird.checked });
  const lowerThird = make("input", { type: "checkbox", checked: true, id: "lower-third" });
  const preview = clipPreview(details.key, clipBody);
  const vertical = make("div", { id: "vertical" }, check(lowerThird, t("lower_third")), preview.element);
  const fitting = () => { vertical.hidden = media.value !== "vertical"; styleOfClips.hidden = !["clips", "reel"].includes(media.value); };
  media.addEventListener("change", fitting);
  for (const field of [quotes, media, lowerThird]) field.addEventListener("input", preview.clear);
  fitting();
  const title = make("input", { id: "page-title", dir: "auto" }), address = make("input", { id: "page-address", type: "url", placeholder: "https://" });

  const transcripts = boxes("transcripts", choices.formats.filter(([name]) => TRANSCRIPTS.includes(name)), TRANSCRIPTS, ["docx"], "");

  const forms = [
    form("captions", t("captions"), t("make_captions"), [labelled(t("style"), captionStyle), group(t("formats"), formats), check(labels, t("labels")), check(ownWords, t("own_words"))],
      () => ({ style: captionStyle.value, formats: formats.chosen(), labels: labels.checked, own_words: ownWords.checked })),
    form("clips", t("clips"), t("make_clips"), [labelled(t("quotes"), quotes, t("quotes_hint")), group(t("lists"), lists), labelled(t("media"), media), styleOfClips, vertical], clipBody),
    form("transcript", t("timed_transcript"), t("make_transcript"), [group(t("formats"), transcripts)], () => ({ formats: transcripts.chosen() })),
    form("page", t("published"), t("make_page"), [labelled(t("title"), title), labelled(t("address"), address, t("address_hint"))],
      () => ({ title: title.value, address: address.value })),
  ];

  function form(kind, heading, action, fields, body) {
    const command = make("code", { id: `command-${kind}`, tabIndex: 0 });
    const path = `api/events/${details.key}/exports/${kind}`;
    const showCommand = async () => {
      try { command.textContent = (await ask(path, "POST", { ...body(), only_show: true })).command; } catch (error) { command.textContent = error.message; }
    };
    const make_it = async () => { await ask(path, "POST", body()); await desk.refresh(); };
    const copy = async () => { await navigator.clipboard.writeText(command.textContent); say(t("copied"), true); };
    const progress = make("div", { className: "progress" }), made = make("div", { className: "made" });
    results.set(kind, { progress, made, heading, drawn: "" });
    const element = make("section", { className: "panel", id: `export-${kind}` }, make("h2", { textContent: heading }), ...fields,
      make("div", { className: "row" }, button(action, make_it, { className: "main", id: `make-${kind}` })), progress, made,
      make("details", {}, make("summary", { textContent: t("by_command") }), make("div", { className: "command" }, command, button(t("copy"), copy))));
    element.addEventListener("change", showCommand);
    element.querySelector("details").addEventListener("toggle", showCommand);
    return element;
  }

  const placed = (name, place) => `events/${details.key}/${place}/${name.split("/").map(encodeURIComponent).join("/")}`;
  const link = (name) => make("li", {}, make("a", { href: placed(name, "files"), download: "", textContent: name }));

  function player(name) {
    if (!/\.(mp4|webm|m4a|mp3|ogg|opus)$/.test(name)) return [];
    return [make(/\.(mp4|webm)$/.test(name) ? "video" : "audio", { controls: true, preload: "metadata", className: "preview", src: placed(name, "preview"), "aria-label": `${t("preview")}: ${name}` })];
  }

  function result(one) {
    return make("div", { className: one.error ? "result why" : "result" }, one.error ? make("p", { textContent: said(one.error) }) : make("ul", {}, ...one.files.map(link)),
      ...one.files.flatMap(player), ...one.remarks.map((remark) => make("p", { className: "soft", textContent: said(remark) })));
  }

  function drawResults(now, aloud = true) { // what was made last of each kind stands where it was asked for
    for (const [kind, place] of results) {
      const last = now.results.find((one) => one.kind === kind), drawn = JSON.stringify(last ?? "");
      if (drawn === place.drawn) continue; // a clip may be playing
      place.drawn = drawn;
      place.made.replaceChildren(...(last ? [result(last)] : []));
      if (aloud && last) announce(`${place.heading}: ${last.error ? said(last.error) : last.files.join(", ")}`);
    }
    files.replaceChildren(make("h2", { textContent: t("files") }), ...(now.files.length
      ? [make("ul", {}, ...now.files.map(link)), make("p", { className: "soft path", textContent: t("files_in", { folder: details.folder }) })] : [make("p", { className: "soft", textContent: t("no_files") })]));
  }

  function update(state) {
    const work = state.work.filter((one) => one.event === details.key);
    for (const [kind, { progress }] of results) progress.replaceChildren(...work.filter((one) => one.kind === kind).flatMap((one) => progressOf(one, false)));
    const now = work.map((one) => one.kind).join();
    if (now !== busy) { busy = now; tried(async () => drawResults(await ask(`api/events/${details.key}`))); }
  }

  drawResults(details, false);
  return { elements: [make("div", { className: "exports" }, ...forms), files], update };
}

function boxes(name, all, usual, chosen, more) {
  const box = ([value, text, ending = value]) => check(make("input", { type: "checkbox", value, name, checked: chosen.includes(value) }), `${named(text)} (${ending})`);
  const first = all.filter(([value]) => usual.includes(value)), rest = all.filter(([value]) => !usual.includes(value));
  const element = make("div", { className: "boxes" }, ...first.map(box), rest.length > 0 && make("details", {}, make("summary", { textContent: more }), ...rest.map(box)));
  element.chosen = () => [...element.querySelectorAll("input:checked")].map((one) => one.value);
  return element;
}

const group = (legend, content) => make("fieldset", {}, make("legend", { textContent: legend }), content);
const check = (input, text) => make("label", { className: "check" }, input, make("span", { textContent: text }));
