// How far work is: its step, a bar, and the time left.
import { duration, make } from "./dom.js";
import { has, t } from "./strings.js";

export function progressOf(work, whole = true) {
  if (!work.running) return [make("p", { className: "soft", textContent: t("waiting_text") })];
  const known = `step_${work.step.replaceAll(" ", "_")}`;
  const step = has(known) ? t(known) : work.kind === "align" ? work.step || t("step_starting") : t("making");
  const left = work.left === null ? "" : ` · ${t("time_left", { time: duration(work.left) })}`;
  const bar = make("progress", { max: 1, value: work.share, "aria-label": step });
  return [make("p", { className: "step", textContent: whole ? step + left : step }), bar];
}
