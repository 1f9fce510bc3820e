// The clip list: ordered, downloaded as a cut-list, made into files.
import { enable, refill } from "./focus.js";
import { ask, clock, make } from "./model.js";
import { named, said, t } from "./strings.js";

const TRIES = 5; // further attempts at a change of the list

export class Clips {
  constructor(model, player, panels) {
    Object.assign(this, { model, player, panels });
    this.root = document.querySelector("#clips");
    this.format = make("select", { ariaLabel: t("list_format") });
    this.format.dataset.key = "format";
  }

  async add(words) {
    await this.#change((list) => [...list, words]);
    this.panels.show("clips");
  }

  async make(words) { // adds them, if need be, and renders their clip alone
    await this.#change((list) => (list.some((one) => `${one}` === `${words}`) ? list : [...list, words]));
    this.panels.show("clips");
    return this.#render({ words });
  }

  async #change(change) { // change: from the present list of words to a new one; again if another tab was faster
    const wanted = async () => {
      const { clips, version } = await ask("api/clips");
      return { clips: change(clips.map((clip) => clip.words)), version };
    };
    for (let left = TRIES; ; left--) {
      try { return await this.model.edit("api/clips", wanted, "PUT"); }
      catch (error) { if (error.version === undefined || !left) throw error; }
    }
  }

  async show() {
    document.querySelector("#clips-count").textContent = this.model.clipCount || "";
    if (!this.model.clipCount) {
      return refill(this.root, make("p", { className: "empty", textContent: t("no_clips") }));
    }
    const { clips, formats } = await ask("api/clips");
    if (!this.format.length) {
      this.format.append(...formats.map(([ending, name]) => new Option(`${named(name)} (${ending})`, ending)));
    }
    const files = make("div", { className: "files" }, ...this.model.files.map((textContent, at) =>
      make("a", { href: `api/clips/files/${at}`, download: "", textContent })));
    refill(this.root, this.#makes(), files, ...clips.map((_, at) => this.#card(clips, at)));
  }

  #makes() {
    return make("div", { className: "makes" }, this.format,
      this.#button("list", t("download_list"), () => this.#download()),
      this.#button("render", t("make_the_clips"), () => this.#render()));
  }

  async #download() { // fetched first, so that an error is shown here and not saved as a file
    const address = `api/clips/list?format=${encodeURIComponent(this.format.value)}`;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error((await answer.json()).error);
    make("a", { href: address, download: "" }).click();
  }

  #render(asked = {}) {
    return this.model.edit("api/clips/render", this.player.style ? { ...asked, style: this.player.style } : asked);
  }

  #card(clips, at) {
    const clip = clips[at], twins = clips.slice(0, at).filter((one) => `${one.words}` === `${clip.words}`);
    const key = `${clip.words} ${twins.length}`;
    const time = clip.start === null ? t("no_time") : `${clock(clip.start * 1000)} – ${clock(clip.end * 1000)}`;
    const notes = clip.start === null ? t("no_clip") : clip.notes.map(said).join(" · ");
    const place = (list) => { // of this clip in the list as it is now
      const same = list.flatMap((words, place) => (`${words}` === `${clip.words}` ? [place] : []));
      if (same.length <= twins.length) throw new Error(t("clip_gone"));
      return same[twins.length];
    };
    const move = (by) => this.#change((list) => {
      const from = place(list), to = Math.min(list.length - 1, Math.max(0, from + by));
      return list.with(from, list[to]).with(to, clip.words);
    });
    const drop = () => this.#change((list) => list.toSpliced(place(list), 1));
    const play = this.#button(`${key} play`, t("play"), () => this.player.playSpan(clip.start * 1000, clip.end * 1000));
    const up = this.#button(`${key} up`, t("clip_up"), () => move(-1));
    const down = this.#button(`${key} down`, t("clip_down"), () => move(1));
    const remove = this.#button(`${key} remove`, t("remove"), drop);
    enable(play, clip.start !== null);
    enable(up, at > 0);
    enable(down, at < clips.length - 1);
    for (const button of [play, up, down, remove]) button.ariaLabel = t("of_clip", { what: button.textContent, text: clip.text.slice(0, 60) });
    return make("div", { className: "card" },
      make("small", {}, time, make("span", { dir: "auto", textContent: clip.speaker ?? "" })),
      make("p", { dir: "auto", textContent: clip.text }),
      ...(notes ? [make("small", { className: "why", textContent: notes })] : []),
      make("div", { className: "row" }, play, up, down, remove));
  }

  #button(key, text, act) {
    const button = this.panels.button(text, act);
    button.dataset.key = key;
    return button;
  }
}
