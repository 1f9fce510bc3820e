// Files: chosen in a dialog from the disk of this machine, or sent in pieces; pairs found by their names.
import { ask, make, tried } from "./dom.js";
import { t } from "./strings.js";

const PIECE = 4 << 20; // bytes
const MOST = 500; // files of dropped folders
let endings = []; // of recordings, as the program knows them

export const knowEndings = (known) => { endings = known; };
export const isRecording = (name) => endings.some((ending) => name.toLowerCase().endsWith(ending));

export function filesIn(transfer) { // what was dropped, with the files in its folders; the list must be read at once
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  return entries.some((entry) => entry.isDirectory) ? inFolders(entries) : Promise.resolve([...transfer.files]);
}

async function inFolders(entries) {
  const files = [], waiting = [...entries];
  while (waiting.length && files.length < MOST) {
    const entry = waiting.shift();
    if (entry.name.startsWith(".")) continue;
    if (entry.isFile) { files.push(await new Promise((found, failed) => { entry.file(found, failed); })); continue; }
    const reader = entry.createReader();
    for (let part = [1]; part.length;) { // a browser gives a hundred at a time
      part = await new Promise((found, failed) => { reader.readEntries(found, failed); });
      waiting.push(...part);
    }
  }
  return files;
}

const stem = (name) => name.replace(/\.[^.]*$/, "").toLowerCase();

export function pairs(files) { // [{page, recording}] by equal names; a single page and a single recording belong together
  const pages = files.filter((one) => !isRecording(one.name)), recordings = files.filter((one) => isRecording(one.name));
  if (pages.length === 1 && recordings.length === 1) return { found: [{ page: pages[0], recording: recordings[0] }], alone: [] };
  const found = [];
  for (const recording of recordings) {
    const page = pages.find((one) => stem(one.name) === stem(recording.name));
    if (page) found.push({ page, recording });
  }
  const taken = new Set(found.flatMap((one) => [one.page, one.recording]));
  return { found, alone: files.filter((one) => !taken.has(one)) };
}

const sent = new WeakMap(); // what has arrived: when the other file of a pair is refused, it need not be sent again

export async function send(file, progress, isStopped) { // send a file in pieces, so that it may be of any size; null if it was stopped
  if (sent.has(file)) return { upload: sent.get(file), name: file.name };
  const { upload } = await ask("api/uploads", "POST", { size: file.size });
  for (let offset = 0; offset < file.size; offset += PIECE) {
    if (isStopped()) { await ask(`api/uploads/${upload}`, "DELETE"); return null; }
    await ask(`api/uploads/${upload}/${offset}`, "PUT", file.slice(offset, offset + PIECE));
    progress(Math.min(1, (offset + PIECE) / file.size));
  }
  sent.set(file, upload);
  return { upload, name: file.name };
}

export const forget = (file) => sent.delete(file); // it was taken, or is not there any more

let last = ""; // the folder that was open last

export function pick(kind) { // let the person choose a file of this machine; null if they don't
  const dialog = document.querySelector("#picker"), list = document.querySelector("#picker-list");
  document.querySelector("#picker-title").textContent = t(kind === "page" ? "choose_page" : "choose_recording");
  return new Promise((resolve) => {
    let chosen = null;
    async function open(path) {
      const shown = await ask(`api/browse?path=${encodeURIComponent(path)}`);
      last = shown.path;
      document.querySelector("#picker-path").textContent = shown.path;
      const roots = shown.roots.map((root) => make("button", { type: "button", textContent: root.split("/").pop() || root, title: root, onclick: () => tried(() => open(root)) }));
      document.querySelector("#picker-roots").replaceChildren(...roots);
      const entries = shown.entries.filter((one) => one.kind === "folder" || one.kind === kind || (kind === "page" && one.kind === "other"));
      const up = shown.parent ? [item("↑ " + t("up"), "up", () => open(shown.parent))] : [];
      const rows = entries.map((one) => item(one.name, one.kind, () => (one.kind === "folder" ? open(one.path) : take(one))));
      const note = shown.left_out ? t("left_out", { count: shown.left_out }) : rows.length ? "" : t("nothing_here");
      list.replaceChildren(...up, ...rows, ...(note ? [make("li", { className: "soft", textContent: note })] : []));
      list.querySelector("button")?.focus();
    }
    function item(text, what, act) {
      return make("li", {}, make("button", { type: "button", className: what, dir: "auto", textContent: text, onclick: () => tried(act) }));
    }
    function take(one) {
      chosen = { path: one.path, name: one.name };
      dialog.close();
    }
    dialog.addEventListener("close", () => resolve(chosen), { once: true });
    tried(async () => { await open(last).catch(() => open("")); dialog.showModal(); });
  });
}
