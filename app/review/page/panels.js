// The lists beside the transcript: what to check, quotes that were found, and clips.
import { ask, clock, make } from "./model.js";

const SHOWN = 200;

export class Panels {
  constructor(model, player, transcript, say) {
    Object.assign(this, { model, player, transcript, say });
    this.tabs = [...document.querySelectorAll("[role=tab]")];
    this.tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => this.show(tab.getAttribute("aria-controls")));
      tab.addEventListener("keydown", (event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!by) return;
        event.stopPropagation(); event.preventDefault();
        const next = this.tabs[(at + by + this.tabs.length) % this.tabs.length];
        this.show(next.getAttribute("aria-controls"));
        next.focus();
      });
    });
  }

  show(name) {
    for (const tab of this.tabs) {
      const own = tab.getAttribute("aria-controls") === name;
      tab.setAttribute("aria-selected", own);
      tab.tabIndex = own ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = !own;
    }
  }

  queue() {
    const places = this.model.queue(), root = document.querySelector("#queue");
    document.querySelector("#queue-count").textContent = places.length || "";
    root.replaceChildren(...places.slice(0, SHOWN).map((place) => {
      const line = this.model.lines[place];
      const card = make("button", { className: "card" },
        make("small", {}, line.start === null ? "no time" : clock(line.start), make("span", { className: "why", textContent: line.reasons.join(" · ") })),
        make("p", { dir: "auto", textContent: line.text }));
      card.dataset.place = place;
      if (place === this.model.chosen) card.setAttribute("aria-current", "true");
      card.addEventListener("click", () => this.go(place));
      return card;
    }));
    if (places.length > SHOWN) root.append(make("p", { className: "empty", textContent: `and ${places.length - SHOWN} less doubtful ones` }));
    if (!places.length) root.append(make("p", { className: "empty", textContent: "Nothing is left to check." }));
  }

  mark(place) {
    for (const card of document.querySelectorAll("#queue .card")) {
      const own = Number(card.dataset.place) === place;
      card.toggleAttribute("aria-current", own);
      if (own) { card.setAttribute("aria-current", "true"); card.scrollIntoView({ block: "nearest" }); }
    }
  }

  go(place) {
    const line = this.model.lines[place];
    this.model.choose(place);
    this.transcript.show(place);
    this.player.seek(Math.max(0, (line.start ?? this.model.gap(place)[0]) - 300));
  }

  next(by) { // the doubtful line after or before the chosen one, in the order of the list
    const places = this.model.queue();
    if (!places.length) return this.say("Nothing is left to check.", true);
    const at = places.indexOf(this.model.chosen);
    this.go(places[at < 0 ? (by > 0 ? 0 : places.length - 1) : (at + by + places.length) % places.length]);
  }

  async find(text) {
    const root = document.querySelector("#found");
    this.show("found");
    const { hits } = await ask(`api/find?q=${encodeURIComponent(text)}`);
    root.replaceChildren(...hits.map((hit) => {
      const start = hit.start === null ? "not spoken" : clock(hit.start * 1000);
      const card = make("div", { className: "card" }, make("small", {}, start, make("span", { dir: "auto", textContent: hit.speaker ?? "" }), `${Math.round(hit.score * 100)} %`), make("p", { dir: "auto", textContent: hit.text }));
      const row = make("div", { className: "row" }, this.#button("Jump", () => this.jump(hit)), this.#button("Copy link", () => this.copy(hit.link, "link")), this.#button("Copy citation", () => this.copy(hit.citation, "citation")),
        this.#button("Add to clips", () => this.addClip(this.#words(hit))));
      if (hit.start === null) row.lastChild.disabled = row.children[1].disabled = true;
      card.append(row);
      return card;
    }));
    if (!hits.length) root.append(make("p", { className: "empty", textContent: "Nothing like it stands in the transcript." }));
    else this.jump(hits[0]);
    return hits;
  }

  #button(text, act) {
    const button = make("button", { textContent: text });
    button.addEventListener("click", () => Promise.resolve(act()).catch((error) => this.say(error.message)));
    return button;
  }

  #words(hit) { return hit.words; }

  jump(hit) {
    this.transcript.showQuote(hit.words);
    this.model.choose(this.model.places.get(hit.words[0]));
    if (hit.start !== null) this.player.seek(hit.start * 1000);
  }

  async copy(text, what) {
    try { await navigator.clipboard.writeText(text); this.say(`The ${what} is on the clipboard.`, true); }
    catch { this.say(`The ${what}: ${text}`, true); }
  }

  async clipsNow() { return (await ask("api/clips")).clips.map((clip) => clip.words); }

  async addClip(words) {
    await this.model.edit("api/clips", async () => ({ clips: [...(await this.clipsNow()), words] }), "PUT");
    this.show("clips");
  }

  async clips() {
    document.querySelector("#clips-count").textContent = this.model.clipCount || "";
    const root = document.querySelector("#clips"), { clips, formats } = await ask("api/clips");
    if (!clips.length) {
      root.replaceChildren(make("p", { className: "empty", textContent: "Select words in the transcript, or find a quote, and add them to the clips." }));
      return;
    }
    const format = make("select", { ariaLabel: "Format of the list" });
    for (const [ending, name] of formats) format.append(new Option(`${name} (${ending})`, ending));
    const makes = make("div", { className: "makes" }, format,
      this.#button("Download list", () => { make("a", { href: `api/clips/list?format=${encodeURIComponent(format.value)}`, download: "" }).click(); }),
      this.#button("Make the clips", () => this.model.edit("api/clips/render", this.player.style ? { style: this.player.style } : {})));
    const cards = clips.map((clip, at) => {
      const card = make("div", { className: "card" }, make("small", {}, `${clock(clip.start * 1000)} – ${clock(clip.end * 1000)}`, make("span", { dir: "auto", textContent: clip.speaker ?? "" })),
        make("p", { dir: "auto", textContent: clip.text }));
      if (clip.notes.length) card.append(make("small", { className: "why", textContent: clip.notes.join(" · ") }));
      const move = (by) => { const list = clips.map((one) => one.words); [list[at], list[at + by]] = [list[at + by], list[at]]; return this.model.edit("api/clips", { clips: list }, "PUT"); };
      const row = make("div", { className: "row" }, this.#button("Play", () => this.player.playSpan(clip.start * 1000, clip.end * 1000)), this.#button("Up", () => move(-1)), this.#button("Down", () => move(1)),
        this.#button("Remove", () => this.model.edit("api/clips", { clips: clips.filter((_, one) => one !== at).map((one) => one.words) }, "PUT")));
      row.children[1].disabled = at === 0;
      row.children[2].disabled = at === clips.length - 1;
      card.append(row);
      return card;
    });
    const files = make("div", { className: "files" });
    this.model.files.forEach((name, at) => files.append(make("a", { href: `api/clips/files/${at}`, download: "", textContent: name })));
    root.replaceChildren(makes, files, ...cards);
  }
}
