// Quotes that were collected from all events, and the film that is made of them.
import { ask, button, make, tried } from "./dom.js";
import { progressOf } from "./progress.js";
import { said, t } from "./strings.js";

const KEPT = "asdelivered-reel";

function collected() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? []; } catch { return []; }
}

export function reelPanel(play) { // its `add` takes a hit of the search
  let quotes = collected(), busy = null;
  const list = make("ol", { id: "reel-quotes" }), progress = make("div", { className: "progress" }), films = make("div"), made = make("details", { id: "reels", hidden: true }, make("summary", { textContent: t("films") }), films);
  const start = button(t("make_reel"), async () => { await ask("api/reels", "POST", { quotes }); busy = null; made.open = true; }, { className: "main", id: "make-reel" });
  const stop = button(t("stop"), () => ask("api/reels/stop", "POST"), { id: "stop-reel", hidden: true });
  const element = make("section", { className: "panel", id: "reel" }, make("h2", { textContent: t("reel") }), list,
    make("div", { className: "row" }, start, stop), progress, made);

  function keep() {
    localStorage.setItem(KEPT, JSON.stringify(quotes));
    draw();
  }

  function draw() {
    list.replaceChildren(...quotes.map((quote, at) => make("li", {},
      make("span", { dir: "auto", textContent: `${quote.title}: “${quote.text}”` }),
      make("span", { className: "row" }, button(t("play"), () => play(quote)),
        at > 0 && button(t("sooner"), () => { quotes.splice(at - 1, 0, ...quotes.splice(at, 1)); keep(); }),
        button(t("remove"), () => { quotes.splice(at, 1); keep(); })))));
    start.hidden = !quotes.length;
    made.hidden = !films.childElementCount;
    element.hidden = !quotes.length && made.hidden;
  }

  async function drawMade() {
    const { files, error, remarks } = await ask("api/reels");
    const film = (name) => [make("video", { controls: true, preload: "metadata", className: "preview", src: `reels/${encodeURIComponent(name)}`, "aria-label": name }),
      make("p", {}, make("a", { href: `reels/${encodeURIComponent(name)}`, download: name, textContent: name }))];
    const others = files.slice(1).map((name) => make("li", {}, make("a", { href: `reels/${encodeURIComponent(name)}`, download: name, textContent: name })));
    films.replaceChildren(...(error ? [make("p", { className: "why", textContent: said(error) })] : []), ...remarks.map((one) => make("p", { className: "soft", textContent: said(one) })),
      ...(files.length ? film(files[0]) : []), ...(others.length ? [make("ul", {}, ...others)] : []));
    draw();
  }

  function update(state) {
    const work = state?.work.find((one) => one.kind === "reel");
    progress.replaceChildren(...(work ? progressOf(work, false) : []));
    stop.hidden = !work;
    if (Boolean(work) !== busy) { busy = Boolean(work); tried(drawMade); }
  }

  const add = ({ key, title, text, start: at, end }) => { quotes.push({ key, title, text, start: at, end }); keep(); };
  draw();
  return { element, add, update };
}
