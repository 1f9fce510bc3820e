// Words light up as they are said and lead to their second; #t=12.3 and #t=12.3,18.9 begin there, #q=words finds them.
"use strict";
(() => {
  const player = document.getElementById("player"), box = document.getElementById("query"), told = document.getElementById("told");
  const lines = Array.from(document.querySelectorAll("main p"), (p) => {
    const node = p.querySelector(".text").firstChild;
    const words = Array.from(node.data.matchAll(/\S+/g), (one) => [one.index, one.index + one[0].length]);
    const times = (p.dataset.w || "").split(" ").map((one) => (one ? one.split("-").map(Number) : null));
    return { p, node, words, times, start: p.dataset.start ? Number(p.dataset.start) : null, end: Number(p.dataset.end) };
  });
  const timed = lines.filter((line) => line.start !== null);
  const lit = typeof Highlight === "function" ? { word: new Highlight(), quote: new Highlight() } : null;
  if (lit) for (const name in lit) CSS.highlights.set(name, lit[name]);
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  let all = null, until = null, now = null, last = "", nextHit = 0;

  const range = (line, first, end) => {
    const found = new Range();
    found.setStart(line.node, line.words[first][0]);
    found.setEnd(line.node, line.words[end][1]);
    return found;
  };

  function seek(second, end = null) {
    if (!player) return;
    const go = () => { player.currentTime = second; until = end; };
    if (player.readyState) go(); else player.addEventListener("loadedmetadata", go, { once: true });
  }

  function find(text, at = 0) { // the at-th place where the words stand in a row, however they are spelt and pointed
    all = all || lines.flatMap((line, place) => line.words.map(([from, to], word) => [plain(line.node.data.slice(from, to)), place, word])).filter(([word]) => word);
    const sought = text.split(/\s+/).map(plain).filter(Boolean), hits = [];
    for (let first = 0; sought.length && first + sought.length <= all.length; first++) {
      if (sought.every((word, by) => all[first + by][0] === word || (by === sought.length - 1 && all[first + by][0].startsWith(word)))) hits.push(first);
    }
    if (!hits.length) return 0;
    const first = all[hits[at % hits.length]], end = all[hits[at % hits.length] + sought.length - 1];
    if (lit) lit.quote.clear();
    for (let place = first[1]; place <= end[1]; place++) {
      const line = lines[place];
      if (lit) lit.quote.add(range(line, place === first[1] ? first[2] : 0, place === end[1] ? end[2] : line.words.length - 1));
    }
    const line = lines[first[1]], time = line.times[first[2]];
    line.p.scrollIntoView({ block: "center" });
    line.p.tabIndex = -1;
    line.p.focus({ preventScroll: true });
    if (time) seek(time[0] / 1000); else if (line.start !== null) seek(line.start);
    return hits.length;
  }

  function fromAddress() {
    const hash = decodeURIComponent(location.hash.slice(1).replace(/\+/g, " "));
    const time = /^t=(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?/.exec(hash);
    if (time) {
      const second = Number(time[1]), line = timed.find((one) => one.end > second);
      seek(second, time[2] ? Number(time[2]) : null);
      if (line) line.p.scrollIntoView({ block: "center" });
    } else if (hash.startsWith("q=")) {
      const found = find(hash.slice(2));
      box.value = hash.slice(2);
      told.textContent = found ? "" : "These words do not stand here.";
    }
  }

  document.getElementById("find").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    nextHit = text === last ? nextHit + 1 : 0;
    last = text;
    const found = find(text, nextHit);
    told.textContent = found ? `${(nextHit % found) + 1} of ${found}` : "These words do not stand here.";
    if (found) history.replaceState(null, "", `#q=${encodeURIComponent(text)}`);
  });

  document.querySelector("main").addEventListener("click", (event) => {
    const p = event.target.closest("p"), line = p && lines.find((one) => one.p === p);
    if (!line || !getSelection().isCollapsed) return;
    if (event.target.closest("a")) { if (player) player.play(); return; }
    const caret = document.caretPositionFromPoint ? document.caretPositionFromPoint(event.clientX, event.clientY) : null;
    const spot = caret ? [caret.offsetNode, caret.offset] : ((old) => [old.startContainer, old.startOffset])(document.caretRangeFromPoint(event.clientX, event.clientY));
    const word = spot[0] === line.node ? line.words.findIndex(([, to]) => spot[1] <= to) : -1;
    const time = word >= 0 ? line.times[word] : null;
    const second = time ? time[0] / 1000 : line.start;
    if (second === null) return;
    seek(second);
    history.replaceState(null, "", `#t=${second}`);
  });

  function frame() {
    const second = player.currentTime;
    if (until !== null && second >= until) { player.pause(); until = null; }
    const line = timed.find((one) => second < one.end + 0.3 && second >= one.start) || null;
    if (line !== now) {
      if (now) now.p.classList.remove("now");
      if (line) line.p.classList.add("now");
      now = line;
    }
    if (lit) {
      lit.word.clear();
      const word = line ? line.times.findIndex((one) => one && 1000 * second >= one[0] && 1000 * second < one[1] + 120) : -1;
      if (word >= 0) lit.word.add(range(line, word, word));
    }
    if (!player.paused) requestAnimationFrame(frame);
  }
  if (player) for (const kind of ["play", "seeked", "timeupdate"]) player.addEventListener(kind, frame);
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
