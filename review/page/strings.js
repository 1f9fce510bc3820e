// The sentences of the review, in the language of the page.
import { REVIEW } from "./catalogue.js";
import { speaking } from "./language.js";
import { nameIn } from "./names.js";
import { saidIn } from "./said.js";

export const CATALOGUE = REVIEW;
export const { t, has, speak, languages, chosenLanguage } = speaking(CATALOGUE);
export const said = (text) => saidIn(chosenLanguage(), text);
export const named = (name) => nameIn(chosenLanguage(), name); // a format or a style
