// What the page knows: lines, words and changes; everything else listens to it.
import { has, said, t } from "./strings.js";

const BLANK = /[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g; // as Python splits words

export const REOPENED = "asdelivered-reopened";
export const WORTH_A_LOOK = 0.25; // a line with this doubt or more is in the queue

let review = ""; // the name of the review that the page shows, once it is known

function reopened() { // the event was aligned again in another window, or brought back: these lines are of the review before
  sessionStorage.setItem(REOPENED, "yes");
  location.reload();
}

export async function ask(path, method = "GET", body) {
  const init = { method, headers: review ? { "x-review": review } : {} };
  if (body !== undefined) { init.body = JSON.stringify(body); init.headers["content-type"] = "application/json"; }
  let answer;
  try { answer = await fetch(path, init); }
  catch { throw new Error(t("nothing_lost")); }
  if (!answer.ok) {
    let told = { error: `${answer.status}` };
    try { told = await answer.json(); } catch { /* no JSON */ }
    if (told.opened) reopened();
    throw Object.assign(new Error(answer.status === 403 ? t("started_again") : said(told.error)), { version: told.version });
  }
  return answer.json();
}

export class Model extends EventTarget {
  lines = []; regions = []; own_words = []; version = -1; pending = []; peaks = 0; chosen = -1; files = [];

  async load() {
    const all = await ask("api/lines");
    review = all.opened;
    for (const key of ["title", "language", "duration", "video", "file", "buckets", "lines", "home", "own_words"]) this[key] = all[key];
    this.notes = remarks(all.notes, all.noted);
    this.seen = all.messages_count;
    this.places = new Map(this.lines.map((line, place) => [line.id, place]));
    this.#index();
    this.take(all);
  }

  #index() { // lines in order of time, to look up what is said at a moment
    this.order = this.lines.map((_, place) => place).filter((place) => this.lines[place].start !== null)
      .sort((a, b) => this.lines[a].start - this.lines[b].start);
    this.starts = Float64Array.from(this.order, (place) => this.lines[place].start);
  }

  take(state) {
    const changed = [];
    for (const line of state.changed) {
      const place = this.places.get(line.id);
      this.lines[place] = line;
      changed.push(place);
    }
    if (changed.length) this.#index();
    if (state.regions) this.regions = state.regions;
    const messages = remarks(state.messages, state.told), news = messages.slice(Math.max(0, messages.length - (state.messages_count - this.seen)));
    this.seen = state.messages_count;
    const working = Boolean(this.work), version = this.version, peaks = this.peaks;
    for (const key of ["undo", "redo", "pins", "pending", "work", "peaks", "files", "version"]) this[key] = state[key];
    this.clipCount = state.clips;
    this.dispatchEvent(new CustomEvent("state", { detail: { changed, news, finished: working && !this.work,
      moved: version !== this.version, peaks: peaks !== this.peaks } }));
  }

  #turn = Promise.resolve();

  #inTurn(asking) { // one request at a time: no key is lost, and no older state arrives last
    const turn = this.#turn.then(async () => this.take(await asking()));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  edit(path, body = {}, method = "POST") { // a body that depends on earlier edits is a function, called when they are done
    return this.#inTurn(async () => ask(path, method, body instanceof Function ? await body() : body));
  }

  poll() { return this.#inTurn(() => ask(`api/state?since=${this.version}`)); }

  #begunBy(ms) { // how many lines have begun
    let low = 0, high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= ms) low = middle + 1; else high = middle;
    }
    return low;
  }

  lineAt(ms) { return this.order[this.#begunBy(ms) - 1] ?? -1; }

  spokenAt(ms) { // the line that began last of those that are spoken then: two may speak at once
    const begun = this.#begunBy(ms);
    return this.order.slice(Math.max(0, begun - 8), begun).findLast((place) => ms <= this.lines[place].end + 300) ?? -1;
  }

  gap(place) { // where a line could be: between the timed lines before and after it, which overlap on two channels
    let before = place - 1, after = place + 1;
    while (before >= 0 && this.lines[before].end === null) before--;
    while (after < this.lines.length && this.lines[after].start === null) after++;
    const start = this.lines[before]?.end ?? 0;
    return [start, Math.max(start, this.lines[after]?.start ?? this.duration)];
  }

  wordAt(place, ms) { // the last word that has begun, until the pause after it is over
    const words = this.lines[place].words;
    let found = -1;
    for (let at = 0; at < words.length; at += 4) if (words[at] >= 0 && words[at] <= ms) found = at / 4;
    return found >= 0 && ms <= words[found * 4 + 1] + 200 ? found : -1;
  }

  wordRanges(place) { // [from, to) of each word in the line's text
    return [...this.lines[place].text.matchAll(BLANK)].map((found) => [found.index, found.index + found[0].length]);
  }

  choose(place) {
    if (place < 0 || place >= this.lines.length) return;
    this.chosen = place;
    this.dispatchEvent(new CustomEvent("chosen", { detail: place }));
  }

  queue() { // the places of the doubtful lines, the most doubtful first
    const doubts = this.lines.map((line, place) => [line.doubt, place]).filter(([doubt]) => doubt >= WORTH_A_LOOK);
    return doubts.sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, place]) => place);
  }
}

const remarks = (texts, codes) => texts.map((text, at) => ({ text, kind: codes[at][0], values: codes[at][1] }));

export const reasons = (line) => line.why.map(([kind, values], at) => (has(kind) ? t(kind, values) : line.reasons[at])).join(" · ");

export function clock(ms, digits = 1) {
  const sign = ms < 0 ? "−" : "";
  ms = Math.abs(ms);
  const seconds = Math.floor(ms / 1000), rest = Math.floor(ms % 1000).toString().padStart(3, "0").slice(0, digits);
  const two = (value) => String(value).padStart(2, "0");
  const whole = `${sign}${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return digits ? `${whole}.${rest}` : whole;
}

export function make(tag, fields = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (name in element && name !== "list") element[name] = value; else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
