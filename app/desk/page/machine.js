// This machine: the Whisper models that it has or may get, and whether all parts of the program work.
import { announce, ask, button, make } from "./dom.js";
import { progressOf } from "./progress.js";
import { megabytes, t } from "./strings.js";

export async function machineView(desk) {
  let told = await ask("api/models"), busy = "";
  const list = make("ul", { id: "models" }), progress = make("div", { className: "progress", id: "progress" }), notes = make("div", { role: "status" });
  const consent = make("dialog", { id: "consent", "aria-labelledby": "consent-title" });
  const stop = button(t("stop"), async () => { told = await ask("api/models/stop", "POST"); await desk.refresh(); }, { id: "stop-model", hidden: true });
  const findings = make("div", { id: "findings", role: "status" });
  const where = (one) => t(one.packages.length ? "model_from_both" : "model_from", { repository: one.repository, packages: one.packages.join(", ") });

  function draw() {
    const busyNow = told.wanted;
    list.replaceChildren(...told.models.map((one) => make("li", {},
      make("div", {}, make("strong", { textContent: one.name }), make("span", { className: "soft", textContent: ` ${t(one.english_only ? "english_only" : "many_languages")} · ${megabytes(one.size)} · ${t("licence", { licence: told.licence })}` }),
        make("p", { className: "soft", textContent: t(`model_${one.name.replace(/\W/g, "_")}`) })),
      one.here ? make("span", { className: "badge aligned", textContent: t("model_here") })
        : button(t("get_model"), () => askFor(one), { id: `get-${one.name.replace(/\W/g, "_")}`, "aria-label": t("get_named", { name: one.name }), hidden: Boolean(told.missing || busyNow) }))));
    notes.replaceChildren(...(told.missing ? [make("p", { className: "why", textContent: t("whisper_missing", { command: told.missing }) })] : []),
      ...(told.error ? [make("p", { className: "why", id: "model-error", textContent: told.error })] : []));
  }

  function askFor(one) { // nothing is fetched before a person has read this and said yes
    const fetch = button(t("fetch_model", { size: megabytes(one.size) }), async () => {
      consent.close();
      told = await ask("api/models", "POST", { name: one.name });
      draw();
      await desk.refresh();
    }, { className: "main", id: "fetch-model" });
    consent.replaceChildren(make("h2", { id: "consent-title", textContent: t("get_named", { name: one.name }) }),
      make("p", { textContent: where(one) }), make("p", { textContent: t("model_terms", { size: megabytes(one.size), folder: told.folder, licence: told.licence }) }),
      make("div", { className: "row" }, fetch, button(t("cancel"), () => consent.close())));
    consent.showModal();
  }

  async function check() {
    findings.replaceChildren(make("p", { className: "soft", textContent: t("checking") }));
    const found = await ask("api/diagnosis").catch((error) => { findings.replaceChildren(); throw error; });
    const all = [...found.packages, ...found.data, ...found.engines, ...found.extras], bad = [...new Map(all.filter((one) => !one.works).map((one) => [one.part, one])).values()];
    findings.replaceChildren(make("p", { className: found.works ? "" : "why", textContent: t(found.works ? "works" : "works_not") }),
      ...(bad.length ? [make("ul", {}, ...bad.map((one) => make("li", {}, make("strong", { textContent: one.part }), ` ${one.advice ?? one.found}`)))] : []));
  }

  function update(state) {
    const work = state?.work.find((one) => one.event === "model");
    progress.replaceChildren(...(work ? progressOf(work) : []));
    stop.hidden = !work;
    const now = work ? "fetching" : "";
    if (now === busy) return;
    const done = busy && !now;
    busy = now;
    ask("api/models").then((latest) => {
      const name = told.wanted;
      told = latest;
      draw();
      if (done && latest.models.some((one) => one.name === name && one.here)) announce(t("model_done", { name }));
    });
  }

  draw();
  const models = make("section", { className: "panel" }, make("h2", { textContent: t("models") }), make("p", { textContent: t("models_text") }), notes, progress, make("div", { className: "row" }, stop), list);
  const installation = make("section", { className: "panel" }, make("h2", { textContent: t("installation") }), button(t("check_installation"), check, { id: "check" }), findings);
  const back = make("a", { href: "#/", className: "back", textContent: `← ${t("back")}` });
  return { title: t("machine"), elements: [back, make("h1", { textContent: t("machine"), tabIndex: -1 }), models, installation, consent], update };
}
