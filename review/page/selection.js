// Words selected by mouse or keys, and what one can do with them.
import { ask } from "./model.js";
import { t } from "./strings.js";

export class Selection {
  constructor(model, player, transcript, panels, clips, tried) {
    Object.assign(this, { model, player, transcript, panels, clips });
    this.box = document.querySelector("#picked");
    document.addEventListener("selectionchange", () => { if (getSelection().isCollapsed) this.box.hidden = true; });
    addEventListener("resize", () => { if (!this.box.hidden) this.offer(); });
    transcript.root.addEventListener("pointerup", () => setTimeout(() => this.offer()));
    this.box.addEventListener("pointerdown", (event) => { // the selection stays
      if (event.target.tagName !== "SELECT") event.preventDefault();
    });
    this.box.addEventListener("change", ({ target }) => {
      if (target.value) tried(this.cite(target.value));
      target.value = "";
    });
    this.box.addEventListener("click", ({ target }) => { if (target.dataset.do) tried(this.act(target.dataset.do)); });
  }

  offer() { // a row of buttons above the words
    const words = this.transcript.selected();
    this.box.hidden = !words;
    if (!words) return;
    const { left, top } = getSelection().getRangeAt(0).getBoundingClientRect();
    this.box.style.left = "8px"; // where it is as wide as it can be
    const { offsetWidth: wide, offsetHeight: high } = this.box;
    this.box.style.left = `${Math.max(8, Math.min(innerWidth - wide - 8, left))}px`;
    this.box.style.top = `${Math.max(8, Math.min(innerHeight - high - 8, top - high - 8))}px`;
  }

  words() { // the selected words, or else all words of the chosen line
    const line = this.model.lines[this.model.chosen];
    const words = this.transcript.selected() ?? (line && [line.id, 0, line.id, line.words.length / 4 - 1]);
    if (!words) throw new Error(t("select_first"));
    return words;
  }

  async act(what) {
    const words = this.words();
    if (what === "clip") return this.clips.add(words);
    if (what === "make") return this.clips.make(words);
    const quote = await ask("api/quote", "POST", { words });
    if (what === "cite") return this.panels.copy(quote.citation, "citation");
    if (what === "card") return this.#card(quote);
    if (what === "quote") return this.panels.copy(quotes.cited("plain", this.#cited(quote)), "quote");
    if (quote.start === null) throw new Error(t("words_not_spoken"));
    if (what === "link") return this.panels.copy(quote.link, "link");
    this.player.playSpan(quote.start * 1000, quote.end * 1000);
  }

  #cited(quote) { // as the published pages describe a quote
    const { title, date, text, start, end } = quote;
    return { title, date, text, start, end, who: quote.speaker ?? "", address: quote.link ?? "", video: this.model.video,
      direction: getComputedStyle(this.transcript.root).direction };
  }

  async cite(style) {
    const quote = await ask("api/quote", "POST", { words: this.words() });
    return this.panels.copy(quotes.cited(style, this.#cited(quote)), "citation");
  }

  async #card(quote) {
    const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue(name).trim();
    const colours = { ground: colour("--sheet"), ink: colour("--ink"), soft: colour("--soft"), accent: colour("--accent") };
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await quotes.card(this.#cited(quote), colours));
    link.download = "quote.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // By keys: begin with the highlighted word, or the first of the chosen line; then move the start or the end.

  step(edge, by) { this.#change(edge, (place, word) => this.#beside(place, word, by)); }

  leap(by) { // select the whole line; after that, move the end of the selection to the end of a line
    if (!this.transcript.selected()) {
      const begun = this.#begin();
      if (begun) this.#select([begun[0], 0], [begun[0], this.#count(begun[0]) - 1], begun[0]);
      return;
    }
    this.#change("end", (place, word) => {
      const last = this.#count(place) - 1;
      if (by > 0 && word < last) return [place, last];
      const next = this.#beside(place, by > 0 ? last : 0, by);
      return next && [next[0], this.#count(next[0]) - 1];
    });
  }

  #change(edge, moved) {
    const { model, transcript } = this, selected = transcript.selected();
    let [first, last] = selected
      ? [[model.places.get(selected[0]), selected[1]], [model.places.get(selected[2]), selected[3]]]
      : [null, null];
    if (!selected) first = last = this.#begin();
    else if (edge === "start") first = moved(...first) ?? first;
    else last = moved(...last) ?? last;
    if (!first || first[0] > last[0] || (first[0] === last[0] && first[1] > last[1])) return;
    this.#select(first, last, edge === "start" ? first[0] : last[0]);
  }

  #select(first, last, shown) {
    const { transcript } = this;
    const from = transcript.range(first[0], first[1], first[1]), to = transcript.range(last[0], last[1], last[1]);
    getSelection().setBaseAndExtent(from.startContainer, from.startOffset, to.endContainer, to.endOffset);
    transcript.reveal(shown);
    document.querySelector("#announcement").textContent = t("selected", { text: `${getSelection()}` });
    this.offer();
  }

  #begin() {
    const { now, nowWord } = this.transcript, place = this.model.chosen < 0 ? Math.max(0, now) : this.model.chosen;
    return this.#count(place) ? [place, place === now && nowWord >= 0 ? nowWord : 0] : null;
  }

  #beside(place, word, by) {
    word += by;
    while (word < 0 || word >= this.#count(place)) {
      place += by;
      if (!this.model.lines[place]) return null;
      word = by > 0 ? 0 : this.#count(place) - 1;
    }
    return [place, word];
  }

  #count(place) { return this.model.lines[place].words.length / 4; }
}
