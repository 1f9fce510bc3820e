// A quote in all events: where it was said, played in place.
import { announce, ask, button, make, say } from "./dom.js";
import { reelPanel } from "./reel.js";
import { t } from "./strings.js";

const LEAD = 0.3; // seconds that are played before and after

export async function searchView(desk, quote) {
  const { hits, failed } = await ask(`api/search?q=${encodeURIComponent(quote)}`);
  const player = make("audio", { preload: "none", "aria-label": t("listen_recording") });
  let end = 0;
  player.addEventListener("timeupdate", () => { if (player.currentTime >= end) player.pause(); });
  if (failed.length) say(failed.join(" "));

  async function play(hit) {
    const source = new URL(`events/${hit.key}/media`, document.baseURI).href;
    if (player.src !== source) player.src = source;
    player.currentTime = Math.max(0, hit.start - LEAD);
    end = hit.end + LEAD;
    await player.play();
  }

  function card(hit) {
    const spoken = hit.start !== null;
    const row = make("div", { className: "row" }, spoken && button(t("play"), () => play(hit)), spoken && button(t("add_to_reel"), async () => { reel.add(hit); announce(t("added")); }),
      button(t("copy_citation"), async () => { await navigator.clipboard.writeText(hit.citation); say(t("copied"), true); }),
      make("a", { className: "button", href: `events/${hit.key}/review/${spoken ? `#t=${hit.start}` : ""}`, textContent: t("show") }));
    return make("li", { className: "panel" }, make("p", { className: "soft", dir: "auto", textContent: [hit.title, hit.speaker, spoken ? clock(hit.start) : t("not_spoken")].filter(Boolean).join(" · ") }),
      make("p", { className: "quote", dir: "auto" }, hit.before, make("mark", { textContent: hit.text }), hit.after), row);
  }

  const reel = reelPanel(play);
  const field = make("input", { type: "search", id: "quote", value: quote, "aria-label": t("search_all"), autocomplete: "off", dir: "auto" });
  const form = make("form", { role: "search", id: "everywhere", onsubmit: (event) => { event.preventDefault(); desk.go(`#/search/${encodeURIComponent(field.value.trim())}`); } }, field, make("button", { textContent: t("search") }));
  const count = make("p", { className: "soft", role: "status", textContent: hits.length ? t("found_some", { count: hits.length }) : t("found_none") });
  return { title: quote, elements: [make("a", { href: "#/", className: "back", textContent: `← ${t("back")}` }),
    make("h1", { textContent: t("search_all"), tabIndex: -1 }), form, reel.element, count, make("ul", { id: "hits" }, ...hits.map(card)), player], update: reel.update };
}

function clock(seconds) {
  const two = (value) => String(Math.floor(value)).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
