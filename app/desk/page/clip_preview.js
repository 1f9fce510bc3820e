// One frame of each vertical clip before it is rendered, made by what renders it.
import { ask, button, make } from "./dom.js";
import { t } from "./strings.js";

const MOST = 6; // quotes that are shown

export function clipPreview(key, body) { // `body` returns what is asked for, as for the clips themselves
  const shown = make("div", { className: "frames", id: "frames", role: "status" });
  let asked = 0;

  async function show() {
    const mine = ++asked, wanted = body();
    const quotes = wanted.quotes.map((quote) => quote.trim()).filter(Boolean);
    shown.replaceChildren();
    if (!quotes.length) throw new Error(t("quotes_first"));
    for (const quote of quotes.slice(0, MOST)) {
      const figure = make("figure", { className: "waits" }, make("figcaption", { textContent: t("drawing") }));
      shown.append(figure);
      const drawn = await ask(`api/events/${key}/preview`, "POST", { ...wanted, quotes: [quote] }).catch((error) => ({ error: error.message }));
      if (mine !== asked) return;
      figure.className = "";
      if (drawn.error) figure.replaceChildren(make("figcaption", { className: "why", textContent: `“${quote}”: ${drawn.error}` }));
      else figure.replaceChildren(make("img", { src: `data:image/jpeg;base64,${drawn.picture}`, alt: t("frame_of", { text: drawn.text }) }), make("figcaption", { dir: "auto", textContent: drawn.text }));
    }
    if (quotes.length > MOST) shown.append(make("p", { className: "soft", textContent: t("more_frames", { count: quotes.length - MOST }) }));
  }

  function clear() { // what is asked for has changed: what is shown would be of something else
    asked += 1;
    shown.replaceChildren();
  }

  const row = make("div", { className: "row" }, button(t("show_frames"), show, { id: "show-frames" }), make("small", { className: "soft", textContent: t("frames_hint") }));
  return { element: make("div", {}, row, shown), clear };
}
