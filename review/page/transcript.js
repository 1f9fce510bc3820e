// The transcript: lines of plain text. Words are known by their offsets, and lit by the CSS Custom Highlight API.
import { WORTH_A_LOOK, clock, make, reasons } from "./model.js";
import { t } from "./strings.js";

const SOUNDING = /[\p{L}\p{N}]/u; // a dash on its own is not a word
const UNSURE = 60; // a word with less confidence, in per cent, is underlined
const PART = 40; // lines that the browser lays out together, or skips while they are out of sight

export class TranscriptView {
  constructor(root, model, player) {
    Object.assign(this, { root, model, player, elements: [], now: -1, nowWord: -1, followed: true });
    this.word = new Highlight(); this.doubtful = new Highlight(); this.quote = new Highlight();
    for (const name of ["doubtful", "quote", "word"]) CSS.highlights.set(name, this[name]);
    this.word.priority = 1; // drawn over the others
    this.marked = new Map();
    const watched = (changed) => new IntersectionObserver(
      (seen) => seen.forEach((one) => changed(one.target, one.isIntersecting)), { root });
    this.linesInSight = watched((element, seen) => this.#mark(element, seen));
    this.partsInSight = watched((part, seen) => this.#watch(part, seen));
    root.addEventListener("click", (event) => this.#clicked(event));
    for (const kind of ["wheel", "touchmove", "pointerdown"]) {
      root.addEventListener(kind, () => { this.free = performance.now(); }, { passive: true });
    }
  }

  async build() {
    const { lines } = this.model;
    let began = performance.now();
    for (let first = 0; first < lines.length; first += PART) {
      const part = make("div", { className: "part" });
      let letters = 0;
      for (let place = first; place < Math.min(first + PART, lines.length); place++) {
        const line = lines[place];
        const before = lines[place - 1];
        if (line.speaker && (before?.speaker !== line.speaker || before.turn !== line.turn)) {
          part.append(make("h2", { className: "speaker", dir: "auto", textContent: line.speaker }));
        }
        part.append(this.#line(place));
        letters += 40 + Math.ceil(line.text.length / 75) * 27;
      }
      part.style.containIntrinsicSize = `auto ${letters}px`;
      this.root.append(part);
      this.partsInSight.observe(part);
      if (performance.now() - began > 25) { await new Promise((go) => setTimeout(go)); began = performance.now(); }
    }
  }

  #line(place) {
    const text = make("p", { dir: "auto" });
    const time = make("button", { className: "time", tabIndex: -1 }), mark = make("span", { className: "mark" });
    const element = make("div", { className: "line", id: `line-${place}` }, time, text, mark);
    element.dataset.place = place;
    this.elements[place] = element;
    text.textContent = this.model.lines[place].text;
    this.#dress(place);
    return element;
  }

  #dress(place) {
    const line = this.model.lines[place], element = this.elements[place], [time, , mark] = element.children;
    time.textContent = line.start === null ? "–" : clock(line.start);
    time.setAttribute("aria-label", line.start === null ? t("line_no_time", { text: line.text.slice(0, 40) }) : t("play_from", { time: clock(line.start) }));
    element.classList.toggle("untimed", line.start === null && line.settled !== "unspoken");
    element.classList.toggle("aside", line.start === null && line.settled === "unspoken");
    element.classList.toggle("unspoken", Boolean(line.pin?.unspoken));
    if (line.pin) mark.textContent = t(line.pin.unspoken ? "marked_unspoken" : "checked");
    else if (line.settled === "unspoken") mark.textContent = t("recording_unspoken");
    else mark.textContent = line.doubt >= WORTH_A_LOOK ? reasons(line) : "";
    mark.classList.toggle("pinned", Boolean(line.pin));
  }

  refresh(places) {
    for (const place of places) {
      this.#dress(place);
      const element = this.elements[place];
      if (this.marked.has(element)) { this.#mark(element, false); this.#mark(element, true); }
    }
    this.nowWord = -1;
  }

  #watch(part, seen) {
    for (const element of part.querySelectorAll(".line")) {
      if (seen) this.linesInSight.observe(element);
      else { this.linesInSight.unobserve(element); this.#mark(element, false); }
    }
  }

  // Only in lines in sight are doubtful words underlined: at each change, the browser goes through every range.
  #mark(element, seen) {
    for (const range of this.marked.get(element) ?? []) this.doubtful.delete(range);
    this.marked.delete(element);
    if (seen) this.marked.set(element, this.#doubts(Number(element.dataset.place)));
    for (const range of this.marked.get(element) ?? []) this.doubtful.add(range);
  }

  #doubts(place) {
    const { words, start, text, pin } = this.model.lines[place];
    if (start === null || pin) return [];
    const spans = this.model.wordRanges(place), ranges = [];
    spans.forEach(([from, to], at) => {
      const unsure = words[at * 4] >= 0 && words[at * 4 + 2] < UNSURE, unheard = words[at * 4 + 3] === 3;
      if ((unsure || unheard) && SOUNDING.test(text.slice(from, to))) ranges.push(this.range(place, at, at, spans));
    });
    return ranges;
  }

  range(place, first, last, spans = this.model.wordRanges(place)) {
    const node = this.elements[place].children[1].firstChild, range = new Range();
    range.setStart(node, spans[first][0]);
    range.setEnd(node, spans[last][1]);
    return range;
  }

  light(ms) {
    const inside = this.model.spokenAt(ms);
    if (inside !== this.now) {
      this.elements[this.now]?.classList.remove("now");
      this.elements[inside]?.classList.add("now");
      this.now = inside;
      this.nowWord = -1;
      if (inside >= 0 && !this.player.paused && performance.now() - (this.free ?? -1e9) > 5000) this.show(inside);
    }
    const word = inside >= 0 ? this.model.wordAt(inside, ms) : -1;
    if (word !== this.nowWord) {
      this.nowWord = word;
      this.word.clear();
      if (word >= 0) this.word.add(this.range(inside, word, word));
    }
  }

  show(place) {
    const element = this.elements[place];
    if (!element) return;
    element.scrollIntoView({ block: "center" });
    // The lines above get their true height only when they come into sight.
    requestAnimationFrame(() => element.scrollIntoView({ block: "center" }));
  }

  choose(place) {
    this.elements[this.chosen]?.removeAttribute("aria-current");
    this.elements[place]?.setAttribute("aria-current", "true");
    this.chosen = place;
    this.reveal(place);
  }

  reveal(place) { // if it is out of sight
    const box = this.elements[place]?.getBoundingClientRect(), whole = this.root.getBoundingClientRect();
    if (box && (box.top < whole.top + 40 || box.bottom > whole.bottom - 40)) this.show(place);
  }

  showQuote(words) { // [line, word, line, word]
    this.quote.clear();
    const first = this.model.places.get(words[0]), last = this.model.places.get(words[2]);
    for (let place = first; place <= last; place++) {
      const spans = this.model.wordRanges(place);
      const from = place === first ? words[1] : 0, to = place === last ? words[3] : spans.length - 1;
      if (spans.length) this.quote.add(this.range(place, from, to, spans));
    }
    this.show(first);
  }

  #clicked(event) {
    const element = event.target.closest(".line");
    if (!element || !getSelection().isCollapsed) return;
    const place = Number(element.dataset.place), line = this.model.lines[place];
    this.model.choose(place);
    if (event.target.closest(".time")) { if (line.start !== null) this.player.seek(line.start); return; }
    if (!event.target.closest("p")) return;
    const word = this.#wordAtPoint(place, event.clientX, event.clientY);
    if (word >= 0 && line.words[word * 4] >= 0) this.player.seek(line.words[word * 4]);
    else if (line.start !== null) this.player.seek(line.start);
  }

  #wordAtPoint(place, x, y) {
    const caret = caretAt(x, y);
    return caret?.[0] === this.elements[place].children[1].firstChild ? this.wordOf(place, caret[1]) : -1;
  }

  wordOf(place, offset) {
    const spans = this.model.wordRanges(place);
    const at = spans.findIndex(([, to]) => offset <= to);
    return at < 0 ? spans.length - 1 : at;
  }

  selected() { // the selected words, extended to whole words, or null
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const first = this.#edge(range.startContainer, range.startOffset, false);
    const last = this.#edge(range.endContainer, range.endOffset, true);
    if (!first || !last || last[0] < first[0] || (last[0] === first[0] && last[1] < first[1])) return null;
    return [this.model.lines[first[0]].id, first[1], this.model.lines[last[0]].id, last[1]];
  }

  #edge(node, offset, end) { // the place of the line and the number of the word at an edge of the selection
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".line");
    if (!line || !this.root.contains(line)) return null;
    const place = Number(line.dataset.place), spans = this.model.wordRanges(place);
    if (!spans.length) return null;
    if (node !== line.children[1].firstChild) return [place, end ? 0 : spans.length - 1];
    const at = end ? spans.findLastIndex(([from]) => from < offset) : spans.findIndex(([, to]) => to > offset);
    return [place, at >= 0 ? at : end ? 0 : spans.length - 1];
  }
}

function caretAt(x, y) { // the node and offset at a point; not all browsers have the newer function
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && [found.offsetNode, found.offset];
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && [range.startContainer, range.startOffset];
}
