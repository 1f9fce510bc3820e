// Searches the site: reads the small files that search_index.py describes, only those that a question needs.
"use strict";
(() => {
  const PAGE = 10; // places on a page
  const SINGLES = 6, PAIRS = 3; // terms that are looked up: the longest words, and pairs of short ones
  const SHORT = 4, LONGEST = 40, LEAST = 0.6, BELOW_BEST = 0.75; // shares of the weight of all terms
  const main = document.getElementById("search"), told = document.getElementById("told");
  const results = document.getElementById("results"), latest = document.getElementById("latest");
  const form = main.querySelector("form"), pager = document.getElementById("pager");
  const texts = JSON.parse(main.dataset.texts); // in the language of the site
  const filled = (text, given) => text.replace(/\{(\w+)\}/g, (_, name) => given[name]);
  const cache = new Map();
  let asked = 0; // the number of the last question: an answer to an earlier one is dropped

  function read(path) { // a file of the site, once
    if (!cache.has(path)) {
      cache.set(path, fetch(path).then((answer) => {
        if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
        return answer.json();
      }).catch((error) => { cache.delete(path); throw error; }));
    }
    return cache.get(path);
  }

  // Terms, as search_index.py makes them

  const CJK = "\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff", TOKEN = new RegExp(`[${CJK}]|[^\\s${CJK}]+`, "g");
  const plain = (text) =>
    Array.from(text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")).slice(0, LONGEST).join("");

  function terms(text) { // the terms of a question that are looked up
    const words = (text.match(TOKEN) || []).map(plain).filter(Boolean), pairs = [];
    for (let at = 1; at < words.length; at++) {
      if (words[at - 1].length <= SHORT && words[at].length <= SHORT) pairs.push(`${words[at - 1]} ${words[at]}`);
    }
    const longest = [...new Set(words)].sort((a, b) => b.length - a.length);
    const long = longest.filter((word) => word.length > SHORT).slice(0, SINGLES);
    const some = long.length >= SINGLES ? long : [...long, ...longest.filter((one) => one.length <= SHORT).slice(0, 2)];
    return { words, looked: [...new Set([...some, ...pairs.slice(0, long.length < SINGLES ? PAIRS : 0)])] };
  }

  const ahead = (text) => { // numbers that are told as what each adds to the one before
    let at = 0;
    return text ? text.split(",").map((gap) => (at += parseInt(gap, 36))) : [];
  };

  function last(sorted, value) { // the place of the last one that is not above the value
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= value) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function differ(a, b, most) { // whether more than `most` letters do
    if (Math.abs(a.length - b.length) > most) return true;
    let row = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[b.length] > most;
  }
  const slack = (word) => (word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0);
  const near = (a, b) => a === b || (a.length > 3 && b.length > 3 && !differ(a, b, slack(a)));

  async function postings(index, term) { // how many lines have a term, and the latest of them
    const number = last(index.shards, term);
    const shard = number < 0 ? {} : await read(`search/terms-${number}.json`);
    let found = Object.hasOwn(shard, term) ? [term] : [];
    if (!found.length && !term.includes(" ")) {
      found = Object.keys(shard).filter((other) => !/[ @]/.test(other) && near(term, other)).slice(0, 5);
    }
    let count = 0;
    const lines = new Set();
    for (const one of found) {
      const [all, gaps] = shard[one].split(":");
      count += parseInt(all, 36);
      for (const line of ahead(gaps)) lines.add(line);
    }
    return { count, lines };
  }

  async function speakerLines(index, name) { // whether somebody says a line
    const shard = await read(`search/terms-${last(index.shards, `@${name}`)}.json`);
    const numbers = (shard[`@${name}`] || "").split(",").map((one) => parseInt(one, 36)), starts = [], ends = [];
    for (let at = 0, end = 0; at + 1 < numbers.length; at += 2) {
      starts.push(end + numbers[at]);
      ends.push(end = end + numbers[at] + numbers[at + 1]);
    }
    return (line) => { const at = last(starts, line); return at >= 0 && line < ends[at]; };
  }

  async function candidates(index, looked) { // places that have most of the terms, each with the share of the weight
    const found = await Promise.all(looked.map((term) => postings(index, term)));
    const weights = found.map((one) => (one.count ? Math.log(1 + index.lines / one.count) : 0));
    const known = weights.filter(Boolean), mean = known.reduce((a, b) => a + b, 0) / (known.length || 1);
    const total = weights.reduce((sum, weight) => sum + (weight || mean), 0), masks = new Map();
    found.forEach(({ lines }, bit) => {
      for (const line of lines) masks.set(line, (masks.get(line) || 0) | (1 << bit));
    });
    const weigh = (mask) => weights.reduce((sum, weight, bit) => sum + (mask & (1 << bit) ? weight : 0), 0) / total;
    const places = [];
    for (const [line, mask] of masks) { // a quote may run into the next line
      const alone = weigh(mask), both = weigh(mask | (masks.get(line + 1) || 0));
      const score = Math.max(alone, both - 0.01);
      if (score >= LEAST) places.push({ line, score, two: both - 0.01 > alone });
    }
    const best = places.reduce((most, one) => Math.max(most, one.score), 0);
    const scores = new Map(places.map((one) => [one.line, one.score]));
    // of neighbours that share the same words, the better one
    const kept = places.filter(({ line, score, two }) => score >= best * BELOW_BEST &&
      (scores.get(line - 1) || 0) <= score && !(two && (scores.get(line + 1) || 0) > score));
    return { places: kept, more: found.some((one) => one.count > one.lines.size) };
  }

  async function eventAt(index, starts, line) {
    const number = last(starts, line), file = Math.floor(number / index.per_file);
    const event = (await read(`search/events-${file}.json`))[number % index.per_file];
    const [place, title, day, url, speakers, firsts] = event;
    return { number, place, title, day, url, speakers, firsts, start: starts[number] };
  }

  async function linesOf(event, from, to) { // lines of an event, those that it has
    const first = Math.max(0, last(event.firsts, from)), final = Math.max(first, last(event.firsts, to)), rows = [];
    for (let file = first; file <= final; file++) rows.push(...await read(`${event.place}text-${file}.json`));
    const offset = event.firsts[first];
    return rows.slice(Math.max(0, from - offset), to - offset + 1).map(([text, speaker, start, end, id]) =>
      ({ text, speaker: speaker === null ? "" : event.speakers[speaker], start, end, id }));
  }

  // What is shown: nothing but text gets into the page

  function make(name, text = "", given = {}) {
    const node = Object.assign(document.createElement(name), given);
    if (text) node.textContent = text;
    return node;
  }

  function clock(ms) {
    const all = Math.floor(ms / 1000), two = (number) => String(number).padStart(2, "0");
    return `${Math.floor(all / 3600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  }

  function marked(text, words) { // the text with the words that were looked for marked
    const node = make("span", "", { dir: "auto" });
    let at = 0;
    for (const found of text.matchAll(TOKEN)) {
      const word = plain(found[0]);
      if (!word || !words.some((one) => near(one, word))) continue;
      node.append(text.slice(at, found.index), make("mark", found[0]));
      at = found.index + found[0].length;
    }
    node.append(text.slice(at));
    return node;
  }

  function play(hit, from, to, event) { // in place, to the end of the quote
    hit.querySelector("audio, video")?.remove();
    const picture = /\.(mp4|m4v|webm|mov|ogv|mkv)(?:[?#]|$)/i.test(event.url);
    const player = make(picture ? "video" : "audio", "", { controls: true, preload: "metadata", src: event.url });
    player.addEventListener("loadedmetadata", () => { player.currentTime = from / 1000; player.play(); }, { once: true });
    let until = to / 1000;
    player.addEventListener("timeupdate", () => {
      if (until !== null && player.currentTime >= until) { until = null; player.pause(); }
    });
    hit.append(player);
  }

  async function shownHit(place, words) {
    const { event } = place, at = place.line - event.start;
    const lines = await linesOf(event, Math.max(0, at - 1), at + (place.two ? 2 : 1));
    const own = at > 0 ? lines.slice(1) : lines, before = at > 0 ? lines[0] : null;
    const said = own.slice(0, place.two ? 2 : 1), after = own[said.length];
    const timed = said.filter((line) => line.start !== null), hit = make("li", "", { className: "hit" });
    const from = timed[0]?.start ?? null, to = timed.at(-1)?.end ?? null;
    const link = make("a", event.title, { href: `${event.place}#${from === null ? said[0].id : `t=${from / 1000},${to / 1000}`}` });
    const about = make("p", "", { className: "about", dir: "auto" });
    about.append([said[0].speaker, event.day].filter(Boolean).join(", "), " · ", link);
    const quote = make("blockquote");
    const around = (line) => line && quote.append(make("span", ` ${line.text} `, { className: "around", dir: "auto" }));
    around(before);
    for (const line of said) quote.append(marked(line.text, words), " ");
    around(after);
    hit.append(about, quote);
    const bar = make("p", "", { className: "tools" });
    if (event.url && from !== null) {
      bar.append(make("button", `▶ ${clock(from)}`, { type: "button", onclick: () => play(hit, from, to, event), title: texts.play_here }));
    } else bar.append(make("span", from === null ? texts.not_heard : clock(from)));
    const text = said.map((line) => line.text).join(" ");
    bar.append(make("button", texts.copy, { type: "button", onclick: async (click) => {
      const who = [said[0].speaker, event.title, event.day].filter(Boolean).join(", ");
      await navigator.clipboard.writeText(`“${text}” (${who})\n${new URL(link.getAttribute("href"), location.href)}`);
      click.target.textContent = texts.copied;
    } }));
    hit.append(bar);
    return hit;
  }

  function facet(name, counts) { // choices with how many places each has
    const select = form.elements[name], chosen = select.value;
    const all = [...counts].sort((a, b) => (name === "year" ? b[0].localeCompare(a[0]) : b[1] - a[1])).slice(0, 50);
    if (chosen && !counts.has(chosen)) all.unshift([chosen, 0]);
    select.replaceChildren(new Option(select.dataset.all, ""), ...all.map(([value, count]) =>
      new Option(`${value} (${count})`, value, false, value === chosen)));
  }

  const count = (places, of) => {
    const counts = new Map();
    for (const one of places) for (const key of of(one)) if (key) counts.set(key, (counts.get(key) || 0) + 1);
    return counts;
  };

  async function search() {
    const number = ++asked, given = new FormData(form), text = given.get("q").trim();
    const page = Math.max(1, Number(new URLSearchParams(location.search).get("page")) || 1);
    latest.hidden = Boolean(text);
    pager.replaceChildren();
    results.replaceChildren();
    main.classList.toggle("asked", Boolean(text));
    if (!text) { told.textContent = ""; return; }
    told.textContent = texts.searching;
    const began = performance.now();
    const index = await read("search/index.json"), starts = ahead(index.starts), { words, looked } = terms(text);
    let { places, more } = looked.length ? await candidates(index, looked) : { places: [], more: false };
    await Promise.all(places.slice(0, 2000).map(async (one) => { one.event = await eventAt(index, starts, one.line); }));
    places = places.filter((one) => one.event);
    facet("speaker", count(places, (one) => one.event.speakers));
    facet("year", count(places, (one) => [one.event.day.slice(0, 4)]));
    facet("event", count(places, (one) => [one.event.title]));
    if (given.get("speaker")) {
      const says = await speakerLines(index, given.get("speaker"));
      places = places.filter((one) => says(one.line));
    }
    if (given.get("year")) places = places.filter((one) => one.event.day.startsWith(given.get("year")));
    if (given.get("event")) places = places.filter((one) => one.event.title === given.get("event"));
    const latestFirst = given.get("sort") === "latest";
    places.sort((a, b) => (latestFirst ? 0 : b.score - a.score) || a.line - b.line);
    const shown = places.slice((page - 1) * PAGE, page * PAGE);
    const hits = await Promise.all(shown.map((one) => shownHit(one, words)));
    if (number !== asked) return;
    results.replaceChildren(...hits);
    const first = (page - 1) * PAGE + 1, whole = more ? filled(texts.more_than, { number: places.length }) : places.length;
    told.textContent = hits.length ? filled(texts.found, { first, last: first + hits.length - 1, all: whole }) : texts.nothing;
    for (const [name, to, is] of [[texts.previous, page - 1, page > 1], [texts.next, page + 1, page * PAGE < places.length]]) {
      if (is) pager.append(make("button", name, { type: "button", onclick: () => go(to) }));
    }
    main.dataset.ms = Math.round(performance.now() - began);
  }

  function failed(error) {
    told.textContent = location.protocol === "file:"
      ? texts.needs_server
      : filled(texts.failed, { reason: error.message });
  }

  function go(page = 1) { // the question is in the address, so that it can be kept and sent
    const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    if (given.get("sort") === "best") given.delete("sort");
    if (page > 1) given.set("page", page);
    history.pushState(null, "", `?${given}`);
    search().catch(failed);
    if (page > 1) main.scrollIntoView();
  }

  function fromAddress() {
    const given = new URLSearchParams(location.search);
    for (const name of ["q", "speaker", "year", "event", "sort"]) {
      const field = form.elements[name], value = given.get(name);
      if (field.options && value && ![...field.options].some((one) => one.value === value)) field.add(new Option(value, value));
      field.value = value || (name === "sort" ? "best" : "");
    }
    search().catch(failed);
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  form.addEventListener("change", (event) => { if (event.target.name !== "q") go(); });
  addEventListener("popstate", fromAddress);
  main.hidden = false;
  fromAddress();
})();
