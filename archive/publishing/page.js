// Words light up as they are said and lead to their second; #t=12.3 and #t=12.3,18.9 begin there, #q=words finds them.
"use strict";
(() => {
  const LINGER = 0.3; // seconds for which a line stays lit after its end
  const PAUSE = 120; // ms for which a word stays lit after its end
  const FREE = 5000; // ms for which the page does not follow the player after the reader has scrolled
  const player = document.getElementById("player");
  const box = document.getElementById("query"), told = document.getElementById("told");
  const lines = Array.from(document.querySelectorAll("main p"), (p) => ({
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

  function seek(second, end = null) {
    if (!player) return;
    const go = () => { player.currentTime = second; until = end; };
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
    told.textContent = found ? `${(hit % found) + 1} of ${found}` : "These words do not stand here.";
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
    } else if (hash.startsWith("q=")) {
      box.value = hash.slice(2);
      told.textContent = find(box.value) ? "" : "These words do not stand here.";
    }
  }

  // A click on a word leads to its second

  function caretAt(x, y) { // the node and the offset of what is there; not all browsers have the newer way
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && [found.offsetNode, found.offset];
    }
    const found = document.caretRangeFromPoint(x, y);
    return found && [found.startContainer, found.startOffset];
  }

  document.querySelector("main").addEventListener("click", (event) => {
    const p = event.target.closest("p"), line = p && lines.find((one) => one.p === p);
    if (!line || !getSelection().isCollapsed) return;
    if (event.target.closest("a")) { player?.play(); return; }
    const caret = caretAt(event.clientX, event.clientY);
    const word = caret?.[0] === line.node ? words(line).findIndex(([, to]) => caret[1] <= to) : -1;
    const second = word >= 0 && times(line)[word] ? times(line)[word][0] / 1000 : line.start;
    if (second === null) return;
    seek(second);
    history.replaceState(null, "", `#t=${second}`);
  });

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
  fromAddress();
})();
