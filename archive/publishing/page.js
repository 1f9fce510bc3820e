// Words light up as they are said and lead to their second; #t=12.3 and #t=12.3,18.9 begin there, #q=words finds them.
"use strict";
(() => {
  const LINGER = 0.3; // seconds for which a line stays lit after its end
  const PAUSE = 120; // ms for which a word stays lit after its end
  const FREE = 5000; // ms for which the page does not follow the player after the reader has scrolled
  const texts = document.body.dataset; // in the language of the page
  const player = document.getElementById("player");
  const box = document.getElementById("query"), told = document.getElementById("told");
  const lines = Array.from(document.querySelectorAll("#text p"), (p) => ({
    p, node: p.querySelector(".text").firstChild,
    start: p.dataset.start ? Number(p.dataset.start) : null, end: Number(p.dataset.end),
  }));
  const timed = lines.filter((line) => line.start !== null).sort((a, b) => a.start - b.start);
  const lit = typeof Highlight === "function" ? { word: new Highlight(), quote: new Highlight() } : null;
  if (lit) for (const name in lit) CSS.highlights.set(name, lit[name]);
  if (lit) lit.word.priority = 1; // seen over a quote, too
  let all = null, until = null, now = null, sought = "", hit = 0, free = -FREE;

  function words(line) { // of each word: where it begins and ends in the text
    line.words ??= Array.from(line.node.data.matchAll(/\S+/g), (one) => [one.index, one.index + one[0].length]);
    return line.words;
  }

  function times(line) { // of each word: its start and end in ms, or null
    line.times ??= (line.p.dataset.w || "").split(" ").map((one) => (one ? one.split("-").map(Number) : null));
    return line.times;
  }

  function range(line, first, last) {
    const found = new Range();
    found.setStart(line.node, words(line)[first][0]);
    found.setEnd(line.node, words(line)[last][1]);
    return found;
  }

  function seek(second, end = null, plays = false) {
    if (!player) return;
    const go = () => {
      player.currentTime = second;
      until = end;
      if (plays) player.play().catch(() => {}); // a browser may want one more click
    };
    if (player.readyState) go(); else player.addEventListener("loadedmetadata", go, { once: true });
  }

  // Finding words, however they are spelt and pointed

  const marks = /[\u0300-\u036f]/g, others = /[^\p{L}\p{N}]+/gu;
  const plain = (text) => text.normalize("NFKD").replace(marks, "").toLowerCase().replace(others, "");

  function everyWord() { // [word, its line's place, its number there]
    all ??= lines.flatMap((line, place) =>
      words(line).map(([from, to], word) => [plain(line.node.data.slice(from, to)), place, word]).filter(([word]) => word));
    return all;
  }

  function places(text) { // where these words stand in a row, the last one begun at least
    const known = everyWord(), wanted = text.split(/\s+/).map(plain).filter(Boolean), found = [];
    const stands = (first) => wanted.every((word, by) => {
      const own = known[first + by][0];
      return own === word || (by === wanted.length - 1 && own.startsWith(word));
    });
    for (let first = 0; wanted.length && first + wanted.length <= known.length; first++) {
      if (stands(first)) found.push([known[first], known[first + wanted.length - 1]]);
    }
    return found;
  }

  function find(text, number = 0) { // returns how many places there are
    const found = places(text);
    if (!found.length) return 0;
    const [[, place, word], [, lastPlace, lastWord]] = found[number % found.length], line = lines[place];
    lit?.quote.clear();
    for (let at = place; at <= lastPlace; at++) {
      const last = at === lastPlace ? lastWord : words(lines[at]).length - 1;
      lit?.quote.add(range(lines[at], at === place ? word : 0, last));
    }
    line.p.scrollIntoView({ block: "center" });
    line.p.tabIndex = -1;
    line.p.focus({ preventScroll: true });
    const time = times(line)[word];
    if (time) seek(time[0] / 1000); else if (line.start !== null) seek(line.start);
    return found.length;
  }

  document.getElementById("find").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    hit = text === sought ? hit + 1 : 0;
    sought = text;
    const found = find(text, hit);
    told.textContent = found ? texts.of.replace("{number}", (hit % found) + 1).replace("{all}", found) : texts.missing;
    if (found) history.replaceState(null, "", `#q=${encodeURIComponent(text)}`);
  });

  // The address

  function fromAddress() {
    let hash = location.hash.slice(1).replace(/\+/g, " ");
    try { hash = decodeURIComponent(hash); } catch { /* a sign of per cent on its own */ }
    const time = /^t=(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?/.exec(hash);
    if (time) {
      const second = Number(time[1]);
      seek(second, time[2] ? Number(time[2]) : null);
      timed.find((one) => one.end > second)?.p.scrollIntoView({ block: "center" });
    } else if (/^l-[0-9a-f]+/.test(hash)) { // a line, wherever it stands today
      const line = lines.find((one) => one.p.id === hash);
      if (line && line.start !== null) seek(line.start, line.end);
      line?.p.scrollIntoView({ block: "center" });
    } else if (hash.startsWith("q=")) {
      box.value = hash.slice(2);
      told.textContent = find(box.value) ? "" : texts.missing;
    }
  }

  // A click on a word plays it

  function caretAt(x, y) { // the node and the offset of what is there; not all browsers have the newer way
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && [found.offsetNode, found.offset];
    }
    const found = document.caretRangeFromPoint(x, y);
    return found && [found.startContainer, found.startOffset];
  }

  document.getElementById("text").addEventListener("click", (event) => {
    const p = event.target.closest("p"), line = p && lines.find((one) => one.p === p);
    if (!line || !getSelection().isCollapsed) return;
    if (event.target.closest("a")) { player?.play(); return; }
    const caret = caretAt(event.clientX, event.clientY);
    const word = caret?.[0] === line.node ? words(line).findIndex(([, to]) => caret[1] <= to) : -1;
    const second = word >= 0 && times(line)[word] ? times(line)[word][0] / 1000 : line.start;
    if (second === null) return;
    seek(second, null, true);
    history.replaceState(null, "", `#t=${second}`);
  });

  // Selected words are a quote: to play, copy, cite, embed, and show as a picture

  const tools = document.getElementById("quote"), done = document.getElementById("done");
  let quote = null;

  function selected() { // the words of the selection, whole ones, with who says them and when
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const chosen = selection.getRangeAt(0), parts = [];
    for (const line of lines) {
      if (!chosen.intersectsNode(line.node)) continue;
      const from = chosen.startContainer === line.node ? chosen.startOffset : 0;
      const to = chosen.endContainer === line.node ? chosen.endOffset : line.node.length;
      const numbers = words(line).flatMap(([start, end], word) => (end > from && start < to ? [word] : []));
      if (numbers.length) parts.push({ line, first: numbers[0], last: numbers.at(-1) });
    }
    if (!parts.length) return null;
    const text = parts.map(({ line, first, last }) =>
      line.node.data.slice(words(line)[first][0], words(line)[last][1])).join(" ");
    const spans = parts.flatMap(({ line, first, last }) => times(line).slice(first, last + 1)).filter(Boolean);
    const speakers = parts.map(({ line }) => line.p.closest("section").querySelector("h2")?.textContent).filter(Boolean);
    const start = spans.length ? spans[0][0] / 1000 : null;
    const end = spans.length ? Math.max(...spans.map((span) => span[1])) / 1000 : null;
    const who = [...new Set(speakers)].join(", "), video = player?.tagName === "VIDEO";
    return { text, start, end, who, parts, title, date, video, direction: document.documentElement.dir };
  }

  const title = document.querySelector("#content h1").textContent, date = document.body.dataset.date;

  function address(query = "") { // of the quote: its seconds, or its line where it was not heard
    const own = document.querySelector("link[rel=canonical]")?.href || location.href.split(/[?#]/)[0];
    const where = quote.start === null ? quote.parts[0].line.p.id : `t=${quote.start},${quote.end}`;
    return `${own}${query}#${where}`;
  }

  function embed() { // this page itself, which then shows no more than the quote
    const given = { src: address("?embed"), width: "100%", height: "260", allow: "autoplay; clipboard-write", title: quote.text.slice(0, 80) };
    const frame = document.createElement("iframe");
    for (const name in given) frame.setAttribute(name, given[name]);
    return frame.outerHTML;
  }

  function colours() { // those of the page, light or dark
    const style = getComputedStyle(document.documentElement), colour = (name) => style.getPropertyValue(name).trim();
    return { ground: colour("--ground"), ink: colour("--ink"), soft: colour("--soft"), accent: colour("--accent") };
  }

  async function copy(text) {
    try { await navigator.clipboard.writeText(text); } catch { // a page from a disk may not have the clipboard
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    done.textContent = texts.copied;
  }

  const actions = {
    play: () => seek(quote.start, quote.end, true),
    copy: () => copy(quotes.cited("plain", { ...quote, address: address() })),
    link: () => copy(address()),
    embed: () => copy(embed()),
    card: async () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await quotes.card(quote, colours()));
      link.download = "quote.png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    },
  };

  function offer() { // the tools, below the selection or, where there is no room, above it
    const found = selected();
    if (!found && tools.contains(document.activeElement)) return;
    quote = found;
    tools.hidden = !quote;
    if (!quote) return;
    done.textContent = "";
    tools.querySelector("[data-do=play]").hidden = !player || quote.start === null;
    const box = getSelection().getRangeAt(0).getBoundingClientRect(), own = tools.getBoundingClientRect();
    const below = box.bottom + own.height + 16 < innerHeight ? box.bottom + 8 : Math.max(8, box.top - own.height - 8);
    tools.style.top = `${below + scrollY}px`;
    tools.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8)) + scrollX}px`;
  }

  let waiting = 0;
  document.addEventListener("selectionchange", () => { clearTimeout(waiting); waiting = setTimeout(offer, 150); });
  tools.addEventListener("mousedown", (event) => { if (event.target.tagName !== "SELECT") event.preventDefault(); });
  tools.addEventListener("click", (event) => { if (quote) actions[event.target.dataset.do]?.(); });
  tools.querySelector("select").addEventListener("change", (event) => {
    if (quote && event.target.value) copy(quotes.cited(event.target.value, { ...quote, address: address() }));
    event.target.value = "";
  });

  // Embedded in another page: the player and the lines of the quote alone

  function narrow() {
    const time = /^#t=([\d.]+)(?:,([\d.]+))?/.exec(location.hash);
    if (!new URLSearchParams(location.search).has("embed")) return;
    document.body.classList.add("embed");
    for (let part = document.getElementById("content"); part !== document.body; part = part.parentElement) {
      for (const other of part.parentElement.children) if (other !== part) other.hidden = true; // a template's header, and so on
    }
    const from = time ? Number(time[1]) : 0, to = time ? Number(time[2] ?? time[1]) : Infinity;
    if (time) for (const line of lines) line.p.hidden = line.start === null || line.end <= from || line.start > to;
    for (const section of document.querySelectorAll("#text section")) section.hidden = !section.querySelector("p:not([hidden])");
    const heading = document.querySelector("#content h1"), link = document.createElement("a");
    link.href = `${location.href.split(/[?#]/)[0]}${location.hash}`;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = heading.textContent;
    heading.replaceChildren(link);
  }

  // What is said lights up

  function follow(line) { // while it plays, unless the reader looks elsewhere, or the line is in sight anyway
    const { top, bottom } = line.p.getBoundingClientRect(), bar = document.getElementById("bar").offsetHeight;
    if (player.paused || performance.now() - free < FREE || (top > bar && bottom < innerHeight)) return;
    line.p.scrollIntoView({ block: "center" });
  }

  function light(second) {
    const line = timed.findLast((one) => second >= one.start && second < one.end + LINGER) || null;
    if (line !== now) {
      now?.p.classList.remove("now");
      line?.p.classList.add("now");
      now = line;
      if (line) follow(line);
    }
    if (!lit) return;
    lit.word.clear();
    const ms = Math.round(1000 * second), word = line ? times(line).findLastIndex((one) => one && ms >= one[0]) : -1;
    if (word >= 0 && ms < times(line)[word][1] + PAUSE) lit.word.add(range(line, word, word));
  }

  function frame() {
    const second = player.currentTime;
    if (until !== null && second >= until) { player.pause(); until = null; }
    light(second);
    if (!player.paused) requestAnimationFrame(frame);
  }

  if (player) for (const kind of ["play", "seeked", "timeupdate"]) player.addEventListener(kind, frame);
  for (const kind of ["wheel", "touchmove", "keydown"]) {
    addEventListener(kind, () => { free = performance.now(); }, { passive: true });
  }
  addEventListener("hashchange", fromAddress);
  narrow();
  fromAddress();
})();
