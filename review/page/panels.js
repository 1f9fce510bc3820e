// The lists beside the transcript: lines to check, and quotes that were found. Clips have their own module.
import { forgetDrafts, keepDraft } from "./drafts.js";
import { refill } from "./focus.js";
import { ask, clock, make, reasons } from "./model.js";
import { chosenLanguage, t } from "./strings.js";

const SHOWN = 200;
const seconds = new Intl.NumberFormat(chosenLanguage(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export class Panels {
  constructor(model, player, transcript, say) {
    Object.assign(this, { model, player, transcript, say });
    this.root = document.querySelector("#queue");
    this.tabs = [...document.querySelectorAll("[role=tab]")];
    this.tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => this.show(tab.getAttribute("aria-controls")));
      tab.addEventListener("keydown", (event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!by) return;
        event.stopPropagation();
        event.preventDefault();
        const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length];
        this.show(next.getAttribute("aria-controls"));
        next.focus();
      });
    });
  }

  show(name) { // the focus goes along, if the list it was in is hidden
    const shown = document.getElementById(name), left = document.activeElement.closest("[role=tabpanel]");
    for (const tab of this.tabs) {
      const own = tab.getAttribute("aria-controls") === name;
      tab.setAttribute("aria-selected", own);
      tab.tabIndex = own ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !own;
    }
    if (left && left !== shown) shown.focus({ preventScroll: true });
  }

  queue() {
    const places = this.model.queue(), left = places.length - SHOWN;
    document.querySelector("#queue-count").textContent = places.length || "";
    const cards = places.slice(0, SHOWN).map((place) => this.#card(place));
    const rest = left > 0 ? t("less_doubtful", { count: left }) : places.length ? "" : t("nothing_to_check");
    refill(this.root, ...cards, ...(rest ? [make("p", { className: "empty", textContent: rest })] : []), ...this.#untranscribed());
  }

  #untranscribed() { // the speech that the text lacks, the longest first: to listen to
    const found = this.model.regions.filter(([kind]) => kind === "untranscribed").sort((a, b) => (b[2] - b[1]) - (a[2] - a[1]));
    if (!found.length) return [];
    return [make("h2", { textContent: t("lacking") }), ...found.slice(0, SHOWN).map((region) => this.#stretch(region))];
  }

  #stretch([, start, end, draft]) { // listen, ignore, or write it in words of one's own
    const own = this.model.own_words.find(([from, to]) => Math.min(to, end) > Math.max(from, start))?.[2];
    const listen = make("button", { className: "heard" }, make("small", {}, `${clock(start)} · ${seconds.format((end - start) / 1000)} s`, make("span", { textContent: own === undefined ? "" : own ? t("your_words") : t("ignored") })));
    const text = own || (own === undefined ? draft : "");
    if (text) listen.append(make("p", { dir: "auto", textContent: own ? text : `[? ${text}]` }));
    listen.dataset.key = `heard-${start}`;
    listen.addEventListener("click", () => this.player.playSpan(start, end));
    const note = (words) => this.#note(start, end, words);
    const act = (name, key, doing) => {
      const button = make("button", { textContent: name });
      button.dataset.key = `${key}-${start}`;
      button.addEventListener("click", doing);
      return button;
    };
    const row = make("div", { className: "row" });
    if (this.writing === start) {
      const field = make("textarea", { rows: 2, value: own || draft || "", dir: "auto", maxLength: 2000 });
      field.setAttribute("aria-label", t("words_field"));
      keepDraft(field, this.#draft(start));
      row.append(field, act(t("keep"), "keep", () => note(field.value)), act(t("cancel"), "write", () => { this.writing = null; forgetDrafts(this.#draft(start)); this.queue(); }));
      setTimeout(() => field.focus());
    } else {
      row.append(act(t("caption_it"), "write", () => { this.writing = start; this.queue(); }));
      row.append(own === undefined ? act(t("ignore"), "open", () => note("")) : act(t("open_again"), "open", () => note(null)));
    }
    return make("div", { className: own === undefined ? "stretch" : "stretch settled" }, listen, row);
  }

  #draft(start) { // its name: the desk has the reviews of many events
    const event = location.pathname.split("/").slice(2).join("/");
    return `${event} ${this.model.file} words ${start}`;
  }

  async #note(start, end, text) {
    try {
      this.model.own_words = (await ask("api/own-words", "PUT", { start, end, text })).own_words;
      this.writing = null;
      forgetDrafts(this.#draft(start));
      this.queue();
    } catch (error) { this.say(error.message); }
  }

  #card(place) {
    const line = this.model.lines[place];
    const why = make("span", { className: "why", textContent: reasons(line) });
    const card = make("button", { className: "card" },
      make("small", {}, line.start === null ? t("no_time") : clock(line.start), why),
      make("p", { dir: "auto", textContent: line.text }));
    Object.assign(card.dataset, { place, key: place });
    if (place === this.model.chosen) card.setAttribute("aria-current", "true");
    card.addEventListener("click", () => this.go(place));
    return card;
  }

  mark(place) { // mark the chosen line's card, and move the focus there if it is in the list
    const within = this.root.contains(document.activeElement) && document.activeElement !== this.root;
    for (const card of this.root.querySelectorAll(".card")) {
      const own = Number(card.dataset.place) === place;
      if (own) card.setAttribute("aria-current", "true"); else card.removeAttribute("aria-current");
      if (own) card.scrollIntoView({ block: "nearest" });
      if (own && within) card.focus();
    }
  }

  go(place) {
    const line = this.model.lines[place];
    this.model.choose(place);
    this.transcript.show(place);
    this.player.seek(Math.max(0, (line.start ?? this.model.gap(place)[0]) - 300));
  }

  next(by) { // go to the next or previous doubtful line, in the order of the list
    const places = this.model.queue();
    if (!places.length) return this.say(t("nothing_to_check"), true);
    const at = places.indexOf(this.model.chosen), first = by > 0 ? 0 : places.length - 1;
    this.go(places[at < 0 ? first : (at + by + places.length) % places.length]);
  }

  async find(text, addClip) {
    const root = document.querySelector("#found");
    this.show("found");
    const { hits } = await ask(`api/find?q=${encodeURIComponent(text)}`);
    refill(root, ...hits.map((hit) => this.#hit(hit, addClip)));
    if (hits.length) this.jump(hits[0]); else root.append(make("p", { className: "empty", textContent: t("found_nothing") }));
  }

  #hit(hit, addClip) {
    const start = hit.start === null ? t("not_spoken") : clock(hit.start * 1000);
    const who = make("span", { dir: "auto", textContent: hit.speaker ?? "" });
    const buttons = [
      this.button(t("jump"), () => this.jump(hit)),
      this.button(t("copy_citation"), () => this.copy(hit.citation, "citation")),
    ];
    if (hit.start !== null) {
      buttons.push(this.button(t("copy_link"), () => this.copy(hit.link, "link")));
      buttons.push(this.button(t("add_to_clips"), () => addClip(hit.words)));
    }
    return make("div", { className: "card" },
      make("small", {}, start, make("span", { textContent: `${Math.round(hit.score * 100)} %` }), who),
      make("p", { dir: "auto", textContent: hit.text }),
      make("div", { className: "row" }, ...buttons));
  }

  button(text, act) {
    const button = make("button", { textContent: text });
    button.addEventListener("click", async () => {
      try { await act(); } catch (error) { this.say(error.message); }
    });
    return button;
  }

  jump(hit) {
    this.transcript.showQuote(hit.words);
    this.model.choose(this.model.places.get(hit.words[0]));
    if (hit.start !== null) this.player.seek(hit.start * 1000);
  }

  async copy(text, what) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(t(`copied_${what}`), true);
    } catch { this.say(t("copy_yourself", { text })); }
  }
}
