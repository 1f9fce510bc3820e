// The language of a page: what the person chose, or else what the browser prefers; sentences from a catalogue in it.
const KEPT = "asdelivered-language";

export function speaking(catalogue) { // catalogue: by the code of each language, its sentences by their keys
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((one) => one.slice(0, 2))];
  let language = wanted.find((one) => one in catalogue) ?? "en";

  const chosenLanguage = () => language;

  function chooseLanguage(code) {
    language = code;
    localStorage.setItem(KEPT, code);
  }

  const has = (key) => key in catalogue.en;
  const shown = (value) => { // a whole number, or one with two places
    if (typeof value !== "number") return value;
    const digits = Number.isInteger(value) ? 0 : 2;
    return new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  };

  function t(key, values = {}) { // the sentence of that key, with its {places} filled; KEY_one is said of one {count}
    const one = "count" in values && has(`${key}_one`) && new Intl.PluralRules(language).select(values.count) === "one";
    const sentence = catalogue[language][one ? `${key}_one` : key];
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => shown(values[name]) ?? whole);
  }

  function speak(root = document) { // the fixed words of a page: of data-t the text, of data-t-NAME an attribute
    document.documentElement.lang = language;
    for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
    for (const name of ["title", "placeholder", "aria-label"]) {
      for (const element of root.querySelectorAll(`[data-t-${name}]`)) element.setAttribute(name, t(element.getAttribute(`data-t-${name}`)));
    }
  }

  function languages(select, changed) { // a list to choose the language from
    for (const code of Object.keys(catalogue)) {
      const option = new Option(catalogue[code].lang_name, code);
      option.lang = code;
      select.append(option);
    }
    select.value = language;
    select.addEventListener("change", () => { chooseLanguage(select.value); changed(); });
  }

  return { t, has, speak, languages, chosenLanguage };
}
