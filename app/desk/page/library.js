// The list of events: what each is called, where it stands, and how far the work is.
import { ask, button, make } from "./dom.js";
import { progressOf } from "./progress.js";
import { said, t } from "./strings.js";

export function libraryView(desk) {
  const list = make("ul", { id: "events" });
  const quote = make("input", { type: "search", id: "quote", placeholder: t("search_all"), "aria-label": t("search_all"), autocomplete: "off", dir: "auto" });
  const filter = make("input", { type: "search", id: "filter", placeholder: t("filter"), "aria-label": t("filter"), autocomplete: "off" });
  const everywhere = make("form", { role: "search", id: "everywhere", onsubmit: (event) => { event.preventDefault(); desk.go(`#/search/${encodeURIComponent(quote.value.trim())}`); } }, quote, make("button", { textContent: t("search") }));
  const add = make("a", { className: "button main", href: "#/new", textContent: t("new_event") });
  const head = make("div", { className: "head" }, make("h1", { textContent: t("events"), tabIndex: -1 }), filter, add);
  const empty = make("section", { id: "empty", className: "drop" },
    make("h2", { textContent: t("empty_title") }), make("p", { textContent: t("empty_text") }),
    make("div", { className: "row" },
      make("a", { className: "button main", href: "#/new", textContent: t("new_event") }), button(t("example"), openExample, { id: "example" })));
  const where = make("p", { className: "soft", id: "folder" });
  let drawn = "", busy = new Map(); // of each event at work, where its progress stands

  async function openExample() {
    const { key } = await ask("api/example", "POST");
    await desk.refresh();
    desk.go(`#/event/${key}/text`);
  }

  function update(state) {
    if (!state) return;
    const sought = filter.value.trim().toLowerCase();
    const events = state.events.filter((one) => `${one.title} ${one.name} ${one.date}`.toLowerCase().includes(sought));
    empty.hidden = state.events.length > 0;
    head.querySelector("a").hidden = filter.hidden = !state.events.length;
    everywhere.hidden = !state.events.some((one) => one.aligned);
    where.textContent = t("library_in", { folder: state.folder });
    const now = JSON.stringify(events.map((one) => [one.key, one.title, one.stage, one.message, one.date]));
    if (now !== drawn) list.replaceChildren(...events.map(card));
    drawn = now;
    for (const place of busy.values()) place.replaceChildren();
    busy = new Map(state.work.map((work) => [work, list.querySelector(`[data-key="${CSS.escape(work.event)}"] .progress`)]).filter(([, place]) => place));
    for (const [work, place] of busy) place.replaceChildren(...progressOf(work, false));
  }

  function card(event) {
    const tab = event.stage === "aligned" ? "export" : event.stage === "new" ? "text" : "times";
    const entry = make("li", { "data-key": event.key },
      make("a", { href: `#/event/${event.key}/${tab}` }, make("span", { className: "what", dir: "auto", textContent: event.title }),
        make("span", { className: "soft", textContent: [event.date, event.recording].filter(Boolean).join(" · ") })),
      make("span", { className: `badge ${event.stage}`, textContent: t(`state_${event.stage}`) }),
      make("div", { className: "progress" }));
    if (event.message) entry.append(make("p", { className: "why", textContent: said(event.message) }));
    return entry;
  }

  filter.addEventListener("input", () => update(desk.state));
  return { title: "", elements: [head, everywhere, empty, list, where], update };
}
