// The player: the recording, its speed, and the captions as they would air.
import { ask, clock } from "./model.js";
import { named, said, t } from "./strings.js";

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const AHEAD = 10000; // ms before the end of a part of the captions to fetch the next part
const PLAY = "M8 5v14l11-7z", PAUSE = "M7 5h4v14H7zM13 5h4v14h-4z";

export class Player {
  constructor(model, say) {
    this.model = model;
    this.media = document.querySelector("#player");
    this.caption = document.querySelector("#caption");
    this.until = null;
    this.parts = []; // captions of parts of the event, as the server sends them
    this.style = localStorage.getItem("style") ?? "netflix";
    this.lastStyle = this.style || "netflix";
    this.media.addEventListener("error", async () => say(await this.#whySilent()));
    const path = document.querySelector("#play path"), button = document.querySelector("#play");
    const showPlaying = () => {
      path.setAttribute("d", this.paused ? PLAY : PAUSE);
      button.setAttribute("aria-label", t(this.paused ? "play" : "pause"));
    };
    for (const kind of ["play", "pause"]) this.media.addEventListener(kind, showPlaying);
    button.addEventListener("click", () => this.toggle());
    this.media.addEventListener("click", () => this.toggle());
    const speed = document.querySelector("#speed");
    for (const one of SPEEDS) speed.append(new Option(`${one}×`, one, one === 1, one === 1));
    speed.addEventListener("change", () => this.setSpeed(Number(speed.value)));
    this.media.addEventListener("ratechange", () => { speed.value = this.media.playbackRate; });
  }

  async #whySilent() { // the recording may be gone, or nothing that this browser plays
    const answer = await fetch(this.media.currentSrc, { headers: { range: "bytes=0-0" } }).catch(() => null);
    return answer?.status === 404 ? said((await answer.json()).error) : t("cannot_play");
  }

  async begin() {
    document.querySelector("#screen").classList.toggle("sound", !this.model.video);
    this.media.src = "media";
    const select = document.querySelector("#style");
    select.append(new Option(t("captions_off"), ""));
    for (const [name, title] of (await ask("api/styles")).styles) select.append(new Option(named(title), name));
    select.value = this.style;
    select.addEventListener("change", () => this.setStyle(select.value));
  }

  get paused() { return this.media.paused; }
  get ms() { return this.media.currentTime * 1000; }

  seek(ms) { this.until = null; this.media.currentTime = Math.max(0, Math.min(ms, this.model.duration)) / 1000; }
  toggle() { this.until = null; if (this.paused) this.#play(); else this.media.pause(); }
  playSpan(start, end) { this.seek(start); this.until = end; this.#play(); }
  #play() { this.media.play().catch(() => {}); }
  setSpeed(speed) { this.media.playbackRate = speed; }

  jkl(key) {
    if (key === "k") return this.toggle();
    const at = SPEEDS.indexOf(this.media.playbackRate);
    if (key === "l" && this.paused) this.#play();
    else if (key === "l") this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, at + 1)]);
    else if (this.paused || at <= 0) this.seek(this.ms - 2000);
    else if (this.media.playbackRate > 1) this.setSpeed(SPEEDS[at - 1]);
    else this.seek(this.ms - 2000);
  }

  setStyle(style) {
    this.style = style;
    if (style) this.lastStyle = style;
    localStorage.setItem("style", style);
    document.querySelector("#style").value = style;
  }

  toggleCaptions() { this.setStyle(this.style ? "" : this.lastStyle); }

  frame() { // call this at every frame
    const ms = this.ms;
    if (this.until !== null && ms >= this.until) { this.media.pause(); this.until = null; }
    const text = `${clock(ms)} / ${clock(this.model.duration, 0)}`, out = document.querySelector("#clock");
    if (out.value !== text) out.value = text;
    this.#showCaption(ms);
    return ms;
  }

  #showCaption(ms) {
    const part = this.parts.find(({ style, start, end }) => style === this.style && ms >= start && ms <= end);
    if (this.style) {
      const ends = part && ms > part.end - AHEAD && part.end < this.model.duration;
      if (part?.version !== this.model.version) this.#fetch(ms); // until they arrive, those from before the edit stay
      else if (ends && this.parts.at(-1) === part) this.#fetch(part.end + 1);
    }
    const cue = part?.cues.find(([start, end]) => ms >= start && ms < end) ?? null;
    if (cue === this.shown) return;
    this.shown = cue;
    this.caption.replaceChildren();
    if (!cue) return;
    const box = document.createElement("span");
    box.textContent = cue[2].join("\n");
    this.caption.append(box);
    this.caption.classList.toggle("high", cue[3]);
  }

  async #fetch(ms) {
    const { style } = this, { version } = this.model, key = `${style}:${version}:${Math.floor(ms / 2000)}`;
    if (this.asked === key) return;
    this.asked = key;
    try {
      const part = await ask(`api/captions?style=${encodeURIComponent(style)}&at=${Math.floor(ms)}`);
      const alike = (one) => one.style === style && one.version === version && one.start !== part.start;
      const others = this.parts.filter(alike);
      this.parts = [...others.slice(-1), { ...part, style, version }];
    } catch { /* the next request reports it */ }
  }
}
