// Searches the site: reads the small files that search_index.py describes, only those that a question needs.
"use strict";
(() => {
  const PAGE = 10; // places on a page
  const SINGLES = 6, PAIRS = 3; // terms that are looked up: the longest words, and pairs of short ones
  const NEAR_FILES = 4, NEAR = 3; // files of words in which a misspelt one is looked for, and words that it may stand for
  const BEGUN = 3, LONGER = 4; // letters at least of a word's beginning, and words that it may stand for
  const FILES = 12, FILES_OF_EVENT = 100; // files with events that are read for the choices; if one of them is chosen
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

  const CJK = "\\u3040-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff", EMOJI = "\\u2600-\\u27bf\\u{1f000}-\\u{1faff}";
  const TOKEN = new RegExp(`[${CJK}${EMOJI}]|[^\\s${CJK}${EMOJI}]+`, "gu"), ALONE = new RegExp(`^[${CJK}${EMOJI}]$`, "u");
  const BETWEEN = new RegExp(`[^\\p{L}\\p{N}${EMOJI}]+`, "gu");
  const plain = (text) =>
    Array.from(text.normalize("NFKD").toLowerCase().replace(BETWEEN, "")).slice(0, LONGEST).join("");

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

  async function indexed() { // what all questions need, made ready once
    const index = await read("search/index.json");
    index.begins ??= ahead(index.starts);
    return index;
  }

  const shardOf = async (index, term) => {
    const number = last(index.shards, term);
    return number < 0 ? {} : read(`search/terms-${number}.json`);
  };

  async function wordsFrom(index, from, begin) { // those in a few files, up to the last one that begins like this
    const to = Math.min(Math.max(from, last(index.words, `${begin}\uffff`)), from + NEAR_FILES - 1), files = [];
    for (let number = from; number <= to && number < index.words.length; number++) files.push(read(`search/words-${number}.json`));
    return (await Promise.all(files)).flat();
  }

  async function begun(index, word) { // the shortest words that begin with it
    if (word.length < BEGUN) return [];
    const all = await wordsFrom(index, Math.max(0, last(index.words, word)), word);
    return all.filter((other) => other.startsWith(word)).sort((a, b) => a.length - b.length).slice(0, LONGER);
  }

  async function meant(index, word) { // the words that one may be a slip of: two letters at least stay as they are
    if (!slack(word)) return [];
    const begin = Array.from(word).slice(0, 2).join(""), own = Math.max(0, last(index.words, word));
    const all = await wordsFrom(index, Math.max(0, last(index.words, begin), own - NEAR_FILES + 1), begin);
    for (let most = 1; most <= slack(word); most++) {
      const found = all.filter((other) => other.length > 3 && !differ(word, other, most));
      if (found.length) return found.slice(0, NEAR);
    }
    return [];
  }

  async function postings(index, term) { // how many lines have a term, the latest of them, and what it stands for
    const shard = await shardOf(index, term);
    let found = [[term, shard]];
    if (!Object.hasOwn(shard, term)) {
      const others = term.includes(" ") ? [] : [...new Set((await Promise.all([meant(index, term), begun(index, term)])).flat())];
      found = await Promise.all(others.map(async (other) => [other, await shardOf(index, other)]));
    }
    let count = 0;
    const lines = new Set();
    for (const [one, own] of found) {
      const [all, gaps] = own[one].split(":");
      count += parseInt(all, 36);
      for (const line of ahead(gaps)) lines.add(line);
    }
    return { term, count, lines, instead: found.map(([one]) => one).filter((one) => one !== term) };
  }

  async function speakerLines(index, name) { // whether somebody says a line
    const shard = await shardOf(index, `@${name}`);
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
    return { places: kept, more: found.some((one) => one.count > one.lines.size), instead: found.filter((one) => one.instead.length) };
  }

  async function eventOf(index, number) {
    const event = (await read(`search/events-${Math.floor(number / index.per_file)}.json`))[number % index.per_file];
    const [place, title, day, url, speakers, firsts, turns] = event;
    return { number, place, title, day, url, speakers, firsts, turns, start: index.begins[number] };
  }

  async function examine(index, places, most) { // gives the places their events, those in the first files; whether all
    const files = new Set();
    for (const { number } of places) {
      if (files.size === most) break;
      files.add(Math.floor(number / index.per_file));
    }
    const known = places.filter(({ number }) => files.has(Math.floor(number / index.per_file)));
    await Promise.all(known.map(async (place) => { place.event ??= await eventOf(index, place.number); }));
    return { known, whole: known.length === places.length };
  }

  function speakerAt({ event, line }) {
    const turns = event.turns.split(",");
    for (let at = 0, end = event.start; at + 1 < turns.length; at += 2) {
      end += parseInt(turns[at + 1], 36);
      if (line < end) return turns[at] === "" ? "" : event.speakers[parseInt(turns[at], 36)];
    }
    return "";
  }

  async function linesOf(event, from, to) { // lines of an event, those that it has
    const first = Math.max(0, last(event.firsts, from)), final = Math.max(first, last(event.firsts, to)), rows = [];
    for (let file = first; file <= final; file++) rows.push(...await read(`${event.place}text-${file}.json`));
    const offset = event.firsts[first];
    return rows.slice(Math.max(0, from - offset), to - offset + 1).map(([text, speaker, start, end, id, silent]) =>
      ({ text, speaker: speaker === null ? "" : event.speakers[speaker], start, end, id, silent }));
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

  function marked(text, words) { // the text with the words that were looked for marked; "the" and "of" only beside others
    const node = make("span", "", { dir: "auto" }), tokens = [...text.matchAll(TOKEN)], own = tokens.map(([token]) => plain(token));
    const all = words.every((word) => word.length < SHORT);
    const said = own.map((word) => Boolean(word) && words.some((one) => near(one, word)));
    const shown = said.map((is, at) => is && (all || own[at].length >= SHORT || ALONE.test(own[at])));
    const beside = (at, step) => { // whether the row of found words that it stands in has a longer one
      while (said[at += step]) if (shown[at]) return true;
      return false;
    };
    let at = 0;
    tokens.forEach((found, number) => {
      if (!shown[number] && !(said[number] && (beside(number, 1) || beside(number, -1)))) return;
      node.append(text.slice(at, found.index), make("mark", found[0]));
      at = found.index + found[0].length;
    });
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
    } else if (from === null) bar.append(make("span", said.every((line) => line.silent) ? texts.no_speech : texts.not_heard));
    else bar.append(make("span", clock(from)));
    const text = said.map((line) => line.text).join(" ");
    bar.append(make("button", texts.copy, { type: "button", onclick: async (click) => {
      const who = [said[0].speaker, event.title, event.day].filter(Boolean).join(", ");
      await navigator.clipboard.writeText(`“${text}” (${who})\n${new URL(link.getAttribute("href"), location.href)}`);
      click.target.textContent = texts.copied;
    } }));
    hit.append(bar);
    return hit;
  }

  function facet(name, values, whole = true) { // choices, with how many places each has if all are known
    const select = form.elements[name], chosen = select.value, counts = new Map();
    for (const value of values) if (value) counts.set(value, (counts.get(value) || 0) + 1);
    const all = [...counts].sort((a, b) => (name === "year" ? b[0].localeCompare(a[0]) : b[1] - a[1])).slice(0, 50);
    if (chosen && !counts.has(chosen)) all.unshift([chosen, 0]);
    select.replaceChildren(new Option(select.dataset.all, ""), ...all.map(([value, count]) =>
      new Option(whole ? `${value} (${count})` : value, value, false, value === chosen)));
  }

  async function search() {
    const number = ++asked, given = Object.fromEntries(new FormData(form)), text = given.q.trim();
    const page = Math.max(1, Number(new URLSearchParams(location.search).get("page")) || 1);
    latest.hidden = Boolean(text);
    pager.replaceChildren();
    results.replaceChildren();
    main.classList.toggle("asked", Boolean(text));
    if (!text) { told.textContent = ""; return; }
    told.textContent = texts.searching;
    const began = performance.now();
    const index = await indexed(), { words, looked } = terms(text);
    const years = index.years.map(([, first]) => first);
    const { places, more, instead } = looked.length ? await candidates(index, looked) : { places: [], more: false, instead: [] };
    const said = [...words, ...instead.flatMap((one) => one.instead)];
    for (const place of places) {
      place.number = last(index.begins, place.line);
      place.year = index.years[last(years, place.number)][0];
    }
    places.sort((a, b) => (given.sort === "latest" ? 0 : b.score - a.score) || a.line - b.line);
    const says = given.speaker ? await speakerLines(index, given.speaker) : null; // each choice lets these through
    const timely = (one) => !given.year || one.year === given.year, saidBy = (one) => !says || says(one.line);
    const ofEvent = (one) => !given.event || one.event?.title === given.event, files = given.event ? FILES_OF_EVENT : FILES;
    const allowed = places.filter((one) => timely(one) && saidBy(one));
    if (given.event) await examine(index, allowed, files);
    const chosen = allowed.filter(ofEvent), shown = chosen.slice((page - 1) * PAGE, page * PAGE);
    await examine(index, shown, PAGE);
    const hits = await Promise.all(shown.map((one) => shownHit(one, said)));
    if (number !== asked) return;
    results.replaceChildren(...hits);
    const first = (page - 1) * PAGE + 1, all = more ? filled(texts.more_than, { number: chosen.length }) : chosen.length;
    const others = instead.map((one) => filled(texts.instead, { word: one.term, others: one.instead.join(", ") }));
    const found = filled(texts.found, { first, last: first + hits.length - 1, all });
    told.textContent = hits.length ? [found, ...others].join(" ") : texts.nothing;
    for (const [name, to, is] of [[texts.previous, page - 1, page > 1], [texts.next, page + 1, page * PAGE < chosen.length]]) {
      if (is) pager.append(make("button", name, { type: "button", onclick: () => go(to) }));
    }
    main.dataset.ms = Math.round(performance.now() - began);
    // The choices need events of places that are not shown, so the places do not wait for them.
    const anybody = await examine(index, places.filter(timely), files);
    const own = says ? await examine(index, allowed, files) : anybody;
    if (number !== asked) return;
    facet("year", places.filter((one) => saidBy(one) && ofEvent(one)).map((one) => one.year));
    facet("speaker", anybody.known.filter(ofEvent).map(speakerAt), anybody.whole);
    facet("event", own.known.map((one) => one.event.title), own.whole);
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

  async function prepare(event) { // reads what the words need that are complete, while the question is typed
    const { value } = form.elements.q, index = await indexed();
    const complete = event.inputType === "insertFromPaste" ? value : value.replace(/\S*$/, "");
    await Promise.all(terms(complete).looked.map((term) => shardOf(index, term)));
  }

  for (const name of ["focus", "input"]) {
    form.elements.q.addEventListener(name, (event) => prepare(event).catch(() => {}));
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  form.addEventListener("change", (event) => { if (event.target.name !== "q") go(); });
  addEventListener("popstate", fromAddress);
  main.hidden = false;
  fromAddress();
})();
