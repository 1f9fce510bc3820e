// The waveform: drawn from peaks that are fetched piece by piece, at the resolution that fits the zoom.
import { clock } from "./model.js";

const PIECE = 4096, KEPT = 240, NEAREST = 0.4; // buckets per piece, pieces to keep, fewest ms per pixel

export class Wave {
  constructor(model, player, edges) { // edges: functions that move the chosen line's start or end to a time, or by some ms
    Object.assign(this, { model, player, edges, pieces: new Map(), start: 0, scale: 12 });
    this.box = document.querySelector("#wave");
    this.canvas = document.querySelector("#wave-canvas");
    this.over = document.querySelector("#overview-canvas");
    this.handles = { start: document.querySelector("#handle-start"), end: document.querySelector("#handle-end") };
    new ResizeObserver(() => this.#sized()).observe(this.box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
    this.box.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.box.addEventListener("pointerdown", (event) => {
      if (event.target === this.canvas) this.player.seek(this.msAt(event));
    });
    document.querySelector("#overview").addEventListener("pointerdown", (event) => {
      const box = this.over.getBoundingClientRect();
      this.player.seek((event.clientX - box.left) / box.width * this.model.duration);
      this.center(this.player.ms);
    });
    document.querySelector("#in").addEventListener("click", () => this.zoom(0.5));
    document.querySelector("#out").addEventListener("click", () => this.zoom(2));
    for (const edge of ["start", "end"]) this.#drags(edge);
  }

  get width() { return this.canvas.clientWidth || 1; }
  msAt(event) { return this.start + (event.clientX - this.canvas.getBoundingClientRect().left) * this.scale; }

  #sized() {
    for (const canvas of [this.canvas, this.over]) {
      canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
      canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
    }
    this.redraw();
  }

  redraw() { this.stale = this.staleOver = true; this.colours = null; }

  zoom(by, at = this.player.ms) {
    const before = this.scale, most = Math.max(1, this.model.duration / this.width);
    this.scale = Math.min(most, Math.max(NEAREST, this.scale * by));
    const inside = at >= this.start && at <= this.start + this.width * before ? at : this.start + this.width * before / 2;
    this.look(inside - (inside - this.start) * this.scale / before);
  }

  look(start) {
    this.start = Math.max(0, Math.min(start, Math.max(0, this.model.duration - this.width * this.scale)));
    this.stale = true; this.staleOver = true;
  }

  center(ms) { this.look(ms - this.width * this.scale / 2); }

  showSpan(start, end) {
    if (start < this.start || end > this.start + this.width * this.scale) {
      const most = Math.max(1, this.model.duration / this.width);
      if (end - start > this.width * this.scale * 0.8) this.scale = Math.min((end - start) * 1.6 / this.width, most);
      this.center((start + end) / 2);
    }
  }

  #wheel(event) {
    event.preventDefault();
    const upright = Math.abs(event.deltaY) > Math.abs(event.deltaX);
    if (event.ctrlKey || upright) this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.msAt(event));
    else this.look(this.start + event.deltaX * this.scale);
  }

  #drags(edge) {
    const handle = this.handles[edge];
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      this.drag = { edge, ms: this.#edge(edge), from: event.clientX };
      event.preventDefault();
      handle.focus();
    });
    handle.addEventListener("pointermove", (event) => {
      if (this.drag?.edge !== edge) return;
      this.drag.ms = Math.round(Math.max(0, Math.min(this.model.duration, this.msAt(event))));
      this.drag.moved ||= Math.abs(event.clientX - this.drag.from) > 1;
      this.stale = true;
    });
    handle.addEventListener("pointerup", () => {
      const { drag } = this;
      this.drag = null;
      this.stale = true;
      if (drag?.moved) this.edges.move(edge, drag.ms);
    });
    handle.addEventListener("pointercancel", () => { this.drag = null; this.stale = true; });
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -10, ArrowDown: -10, ArrowRight: 10, ArrowUp: 10, PageUp: 100, PageDown: -100 }[event.key];
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      this.edges.nudge(edge, by * (event.shiftKey ? 10 : 1));
    });
  }

  #edge(edge) {
    const line = this.model.lines[this.model.chosen];
    if (!line) return null;
    if (line.start !== null) return line[edge];
    return null;
  }

  frame(ms) {
    const view = this.width * this.scale;
    const outside = ms < this.start || ms > this.start + view * 0.92;
    if (outside && !this.player.paused && !this.drag) this.look(ms - view * 0.08);
    if (this.stale || ms !== this.drawn) this.#draw(ms);
    const gone = Math.abs(ms - (this.drawnOver ?? -1e9)) > this.model.duration / this.width / 2; // half a pixel
    if (this.staleOver || gone) this.#drawOver(ms);
  }

  #peaks(level, first, last) { // the pairs of a range of buckets, as far as they are here; the rest is fetched
    const found = [];
    for (let piece = Math.floor(first / PIECE); piece <= Math.floor(last / PIECE); piece++) {
      const key = `${level}/${piece}`;
      let data = this.pieces.get(key);
      if (data) { this.pieces.delete(key); this.pieces.set(key, data); } else this.#send(key, level, piece);
      found.push([piece * PIECE, data instanceof Int8Array ? data : null]);
    }
    return (bucket) => {
      const [base, data] = found[Math.floor(bucket / PIECE) - Math.floor(first / PIECE)] ?? [0, null], at = (bucket - base) * 2;
      return data && at + 1 < data.length ? [data[at], data[at + 1]] : null;
    };
  }

  async #send(key, level, piece) {
    this.pieces.set(key, "asked");
    try {
      const answer = await fetch(`api/peaks/${level}?start=${piece * PIECE}&count=${PIECE}`);
      const data = new Int8Array(await answer.arrayBuffer());
      this.pieces.set(key, data);
      while (this.pieces.size > KEPT) this.pieces.delete(this.pieces.keys().next().value);
    } catch { this.pieces.delete(key); }
    this.stale = this.staleOver = true;
  }

  grown() { // more of the waveform has been computed: fetch incomplete pieces again
    for (const [key, data] of this.pieces) if (data !== "asked" && data.length < PIECE * 2) this.pieces.delete(key);
    this.stale = this.staleOver = true;
  }

  #theme() {
    if (!this.colours) {
      const style = getComputedStyle(document.documentElement);
      this.colours = (name) => style.getPropertyValue(`--${name}`).trim();
    }
    return this.colours;
  }

  #strip(canvas, start, scale) {
    const context = canvas.getContext("2d"), colour = this.#theme();
    const width = canvas.clientWidth, height = canvas.clientHeight;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    let level = 0;
    while (level + 1 < this.model.buckets.length && this.model.buckets[level + 1] <= scale) level++;
    const bucket = this.model.buckets[level], last = Math.ceil((start + width * scale) / bucket);
    const at = this.#peaks(level, Math.floor(start / bucket), last);
    context.fillStyle = colour("wave");
    for (let x = 0; x < width; x++) {
      const from = Math.floor((start + x * scale) / bucket), to = Math.floor((start + (x + 1) * scale) / bucket);
      let low = 0, high = 0, known = false;
      for (let one = from; one < Math.max(from + 1, to); one++) {
        const pair = at(one);
        if (!pair) continue;
        known = true;
        low = Math.min(low, pair[0]);
        high = Math.max(high, pair[1]);
      }
      if (!known) continue;
      const loud = (value) => Math.sign(value) * Math.sqrt(Math.abs(value) / 127) * height * 0.46; // so that quiet speech is visible
      const top = height / 2 - loud(high), bottom = height / 2 - loud(low);
      context.fillRect(x, top, 1, Math.max(1, bottom - top));
    }
    return [context, width, height, colour];
  }

  #regions(context, start, scale, width, height, colour) {
    const fills = { untranscribed: colour("lack"), applause: colour("clap"), music: colour("music") };
    for (const [kind, from, to] of this.model.regions) {
      const left = (from - start) / scale, right = (to - start) / scale;
      if (right < 0) continue;
      if (left > width) break;
      context.fillStyle = fills[kind];
      context.fillRect(left, 0, Math.max(1, right - left), height);
    }
  }

  #draw(ms) {
    this.stale = false;
    this.drawn = ms;
    const { start, scale } = this;
    const [context, width, height, colour] = this.#strip(this.canvas, start, scale);
    this.#regions(context, start, scale, width, height, colour);
    context.font = "12px system-ui, sans-serif";
    context.textBaseline = "top";
    if (scale < 80) this.#lines(context, start, scale, width, height, colour);
    this.#ruler(context, start, scale, width, height, colour);
    context.fillStyle = "#d6336c";
    context.fillRect((ms - start) / scale - 0.75, 0, 1.5, height);
    this.#place();
  }

  #lines(context, start, scale, width, height, colour) {
    const { model } = this, first = model.lineAt(start);
    let at = Math.max(0, first >= 0 ? model.order.indexOf(first) - 3 : 0);
    for (; at < model.order.length && model.starts[at] < start + width * scale; at++) {
      const line = model.lines[model.order[at]], chosen = model.order[at] === model.chosen;
      const left = (line.start - start) / scale, right = (line.end - start) / scale;
      if (right < 0) continue;
      context.fillStyle = colour("line");
      context.fillRect(left, 0, right - left, height);
      if (chosen) context.fillRect(left, 0, right - left, height);
      context.strokeStyle = colour("accent");
      context.globalAlpha = 0.5;
      context.strokeRect(left + 0.5, 0.5, right - left - 1, height - 1);
      context.globalAlpha = 1;
      if (right - left > 40) this.#text(context, line.text.slice(0, 200), left, right, colour);
      if (chosen && scale < 25) this.#words(context, line, start, scale, height, colour);
    }
  }

  #text(context, text, left, right, colour) {
    context.save();
    context.beginPath();
    context.rect(left + 4, 0, right - left - 8, 20);
    context.clip();
    context.fillStyle = colour("ink");
    context.fillText(text, Math.max(left, 0) + 6, 4);
    context.restore();
  }

  #words(context, line, start, scale, height, colour) {
    const texts = line.text.trim().split(/\s+/);
    context.fillStyle = colour("accent");
    const timed = texts.map((text, at) => [text, line.words[at * 4]]).filter(([, from]) => from >= 0);
    timed.forEach(([text, from], at) => {
      const left = (from - start) / scale, next = ((timed[at + 1]?.[1] ?? line.end) - start) / scale;
      context.globalAlpha = 0.45;
      context.fillRect(left, 22, 1, height - 40);
      context.globalAlpha = 1;
      if (context.measureText(text).width < next - left - 4) context.fillText(text, left + 3, height - 32);
    });
  }

  #ruler(context, start, scale, width, height, colour) {
    const steps = [100, 200, 500, 1000, 2000, 5000, 10000, 30000, 60000, 300000, 600000, 1800000];
    const step = steps.find((one) => one / scale > 90) ?? 3600000;
    context.fillStyle = colour("soft");
    for (let at = Math.ceil(start / step) * step; at < start + width * scale; at += step) {
      const x = (at - start) / scale;
      context.fillRect(x, height - 5, 1, 5);
      context.fillText(clock(at, step < 1000 ? 1 : 0), x + 3, height - 15);
    }
  }

  #place() {
    for (const edge of ["start", "end"]) {
      const handle = this.handles[edge], ms = this.drag?.edge === edge ? this.drag.ms : this.#edge(edge);
      const x = ms === null ? -1 : (ms - this.start) / this.scale;
      handle.hidden = ms === null || x < 0 || x > this.width;
      if (ms === null) continue;
      handle.style.transform = `translateX(${x}px)`;
      handle.setAttribute("aria-valuenow", ms);
      handle.setAttribute("aria-valuemax", this.model.duration);
      handle.setAttribute("aria-valuetext", clock(ms, 3));
    }
  }

  #drawOver(ms) {
    this.staleOver = false;
    this.drawnOver = ms;
    const scale = this.model.duration / (this.over.clientWidth || 1);
    const [context, width, height, colour] = this.#strip(this.over, 0, scale);
    this.#regions(context, 0, scale, width, height, colour);
    context.fillStyle = colour("line");
    context.fillRect(this.start / scale, 0, Math.max(3, this.width * this.scale / scale), height);
    context.strokeStyle = colour("accent");
    context.strokeRect(this.start / scale + 0.5, 0.5, Math.max(3, this.width * this.scale / scale) - 1, height - 1);
    context.fillStyle = "#d6336c";
    context.fillRect(ms / scale - 0.75, 0, 1.5, height);
  }
}
