// The sentences of the review, in the language of the page.
import { REVIEW } from "./catalogue.js";
import { speaking } from "./language.js";

export const CATALOGUE = REVIEW;
export const { t, has, speak, languages, chosenLanguage } = speaking(CATALOGUE);
