// What the program itself says of a file, an alignment or a caption, in the language of the page. As in gettext, the English
// sentence is the key: {places} stand for what changes in it, and a sentence that is not here stays English. "en" is for a
// sentence that names a choice of the commands, which the pages do not have.
export const SAID = {
  // files that were given
  "{file} is empty: give a file with what was said at the event.": { de: "{file} ist leer: Geben Sie eine Datei mit dem, was gesagt wurde.", fr: "{file} est vide : donnez un fichier avec ce qui a été dit." },
  "{file} has no line of speech: give a file with what was said at the event.": { de: "In {file} steht nichts, was gesprochen wird: Geben Sie eine Datei mit dem, was gesagt wurde.", fr: "{file} n’a aucune ligne parlée : donnez un fichier avec ce qui a été dit." },
  "{file} is a recording, not text: give the file of the transcript.": { de: "{file} ist eine Aufnahme, kein Text: Geben Sie die Datei mit dem Wortlaut.", fr: "{file} est un enregistrement, pas un texte : donnez le fichier de la transcription." },
  "{file} is an archive: unpack it, and give the transcript that is in it.": { de: "{file} ist ein Archiv: Entpacken Sie es, und geben Sie den Wortlaut, der darin ist.", fr: "{file} est une archive : décompressez-la, et donnez la transcription qu’elle contient." },
  "{file} is empty: get the recording again": { de: "{file} ist leer: Holen Sie die Aufnahme erneut.", fr: "{file} est vide : récupérez l’enregistrement." },
  "{file} can't be read as a recording (damaged, incomplete, or neither audio nor video): give a file that a player can play": { de: "{file} lässt sich nicht als Aufnahme lesen (beschädigt, unvollständig oder weder Ton noch Film): Geben Sie eine Datei, die sich abspielen lässt.", fr: "{file} ne se lit pas comme un enregistrement (abîmé, incomplet, ou ni son ni vidéo) : donnez un fichier qu’un lecteur sait lire." },
  "{file} has pictures but no sound: give a recording with an audio stream": { en: "{file} has pictures but no sound: give a recording that can be heard.", de: "{file} hat Bilder, aber keinen Ton: Geben Sie eine Aufnahme, die zu hören ist.", fr: "{file} a des images mais pas de son : donnez un enregistrement qui s’entend." },
  "this is the address of a film, and nothing is fetched from the web: choose the film’s file as the recording, and paste here what was said, from the official page or from the film’s transcript": { de: "Das ist die Adresse eines Films, und aus dem Netz wird nichts geholt: Wählen Sie die Datei des Films als Aufnahme, und fügen Sie hier ein, was gesagt wurde, von der amtlichen Seite oder aus dem Transkript des Films.", fr: "C’est l’adresse d’un film, et rien n’est pris sur le web : choisissez le fichier du film comme enregistrement, et collez ici ce qui a été dit, depuis la page officielle ou la transcription du film." },
  "this is a web address: open it in the browser, save the page (Ctrl+S), and choose the saved file; or copy the text of the page and paste it": { de: "Das ist eine Webadresse: Öffnen Sie sie im Browser, speichern Sie die Seite (Strg+S), und wählen Sie die gespeicherte Datei; oder kopieren Sie den Text der Seite, und fügen Sie ihn ein.", fr: "C’est une adresse web : ouvrez-la dans le navigateur, enregistrez la page (Ctrl+S) et choisissez le fichier enregistré ; ou copiez le texte de la page et collez-le." },
  "the file has {size}, and the disk of the library has {free} free: choose the file with the button, then it stays where it is; or make room": { de: "Die Datei hat {size}, und auf der Platte der Bibliothek sind {free} frei: Wählen Sie die Datei mit dem Knopf, dann bleibt sie, wo sie ist; oder schaffen Sie Platz.", fr: "Le fichier fait {size}, et le disque de la bibliothèque a {free} de libres : choisissez le fichier avec le bouton, il reste alors où il est ; ou faites de la place." },
  "a part of the file did not arrive: drop it again": { de: "Ein Teil der Datei kam nicht an: Legen Sie sie noch einmal ab.", fr: "Une partie du fichier n’est pas arrivée : déposez-le de nouveau." },
  "this upload is no longer there: drop the file again": { de: "Was gesendet wurde, ist nicht mehr da: Legen Sie die Datei noch einmal ab.", fr: "Ce qui a été envoyé n’est plus là : déposez le fichier de nouveau." },
  "{file}: No space left on device": { en: "The disk is full, so {file} could not be written: make room, then do it again.", de: "Die Platte ist voll, darum wurde {file} nicht geschrieben: Schaffen Sie Platz, und beginnen Sie noch einmal.", fr: "Le disque est plein, {file} n’a donc pas été écrit : faites de la place, puis recommencez." },
  "the output folder {file} cannot be written to (No space left on device): choose another with -o": { en: "The disk is full: make room, then do it again.", de: "Die Platte ist voll: Schaffen Sie Platz, und beginnen Sie noch einmal.", fr: "Le disque est plein : faites de la place, puis recommencez." },
  "{file} cannot be written to (No space left on device): choose another folder": { en: "The disk is full: make room, then do it again.", de: "Die Platte ist voll: Schaffen Sie Platz, und beginnen Sie noch einmal.", fr: "Le disque est plein : faites de la place, puis recommencez." },
  "the output folder {file} cannot be written to ({reason}): choose another with -o": { en: "The folder {file} can’t be written to ({reason}).", de: "In den Ordner {file} lässt sich nicht schreiben ({reason}).", fr: "On ne peut pas écrire dans le dossier {file} ({reason})." },
  "{file}: the journal of the review cannot be written (No space left on device): free some space and try again": { en: "The disk is full: make room, then do it again.", de: "Die Platte ist voll: Schaffen Sie Platz, und beginnen Sie noch einmal.", fr: "Le disque est plein : faites de la place, puis recommencez." },
  // an alignment
  "next to nothing of {file} is heard in {recording} (asked: {engines}): check that the two belong together, and that --language is right; another --engine may hear more": { en: "Next to nothing of {file} is heard in {recording}: see that the two belong together, and that the language (in the step Text) is right.", de: "Von {file} ist in {recording} fast nichts zu hören: Prüfen Sie, ob beide zusammengehören und ob die Sprache (im Schritt Text) stimmt.", fr: "On n’entend presque rien de {file} dans {recording} : vérifiez que les deux vont ensemble, et que la langue (à l’étape Texte) est la bonne." },
  "{file} is too short to be found in {recording} ({said}; asked: {engines}): give more of the text, or pin its words (--pins)": { en: "{file} is too short to be found in {recording}: give more of the text.", de: "{file} ist zu kurz, um in {recording} gefunden zu werden: Geben Sie mehr vom Text.", fr: "{file} est trop court pour être retrouvé dans {recording} : donnez plus de texte." },
  "the work ended before its time: start it again": { de: "Die Arbeit endete vor der Zeit: Beginnen Sie sie noch einmal.", fr: "Le travail s’est terminé avant l’heure : recommencez-le." },
  "the event is being aligned already": { de: "Die Zeiten des Ereignisses werden schon gesucht.", fr: "L’événement est déjà en cours d’alignement." },
  "the event is being worked on: stop that first": { de: "An dem Ereignis wird gearbeitet: Halten Sie das zuerst an.", fr: "Un travail est en cours sur cet événement : arrêtez-le d’abord." },
  "the event is being aligned: review it afterwards": { de: "Die Zeiten des Ereignisses werden gesucht: Prüfen Sie es danach.", fr: "L’événement est en cours d’alignement : relisez-le ensuite." },
  "align the event first": { de: "Lassen Sie zuerst die Zeiten finden.", fr: "Alignez d’abord l’événement." },
  "this is being made already: wait for it, or stop it first": { de: "Das wird schon gemacht: Warten Sie darauf, oder halten Sie es zuerst an.", fr: "C’est déjà en cours : attendez la fin, ou arrêtez d’abord." },
  "the text was corrected in another window meanwhile: open this view again to see how, then correct it": { de: "Der Text wurde inzwischen in einem anderen Fenster berichtigt: Öffnen Sie diese Ansicht neu, um es zu sehen, und berichtigen Sie dann.", fr: "Le texte a été corrigé entre-temps dans une autre fenêtre : rouvrez cette vue pour le voir, puis corrigez." },
  "write the quotes, one on each line": { de: "Schreiben Sie die Zitate, eines in jede Zeile.", fr: "Écrivez les citations, une par ligne." },
  "this event is no longer in the library: go back to the list": { de: "Dieses Ereignis ist nicht mehr in der Bibliothek: Gehen Sie zurück zur Liste.", fr: "Cet événement n’est plus dans la bibliothèque : retournez à la liste." },
  // clips of quotes
  "nothing like it stands in the transcript": { de: "Nichts dergleichen steht im Wortlaut.", fr: "Rien de semblable dans la transcription." },
  "the words differ from those that were asked for (score {score})": { de: "die Worte sind andere als die gesuchten (Übereinstimmung {score})", fr: "les mots diffèrent de ceux demandés (score {score})" },
  "the same words were said {count} times, this is the first": { de: "dieselben Worte fielen {count}-mal, dies ist das erste", fr: "les mêmes mots ont été dits {count} fois, c’est la première" },
  "begins in the middle of a sentence": { de: "beginnt mitten im Satz", fr: "commence au milieu d’une phrase" },
  "ends in the middle of a sentence": { de: "endet mitten im Satz", fr: "finit au milieu d’une phrase" },
  "no pause before its first word": { de: "keine Pause vor dem ersten Wort", fr: "pas de pause avant le premier mot" },
  "no pause after its last word": { de: "keine Pause nach dem letzten Wort", fr: "pas de pause après le dernier mot" },
  "applause or other noise runs over its start": { de: "Beifall oder anderes Geräusch über dem Anfang", fr: "applaudissements ou bruit sur le début" },
  "applause or other noise runs over its end": { de: "Beifall oder anderes Geräusch über dem Ende", fr: "applaudissements ou bruit sur la fin" },
  "somebody else speaks at the same time": { de: "jemand anderes spricht gleichzeitig", fr: "quelqu’un d’autre parle en même temps" },
  "something is said in it that the transcript lacks": { de: "darin wird etwas gesagt, was im Wortlaut fehlt", fr: "il s’y dit quelque chose qui manque dans la transcription" },
  "{count} of its words were not heard": { de: "{count} Wörter darin wurden nicht gehört", fr: "{count} de ses mots n’ont pas été entendus" },
  "the time of its first or last word is uncertain (confidence {confidence})": { de: "die Zeit des ersten oder letzten Worts ist unsicher ({confidence})", fr: "le temps du premier ou du dernier mot est incertain ({confidence})" },
  "low confidence ({confidence})": { de: "unsicher ({confidence})", fr: "peu sûr ({confidence})" },
  // captions that are changed by hand
  "the captions have changed meanwhile: choose the caption again": { de: "Die Untertitel haben sich inzwischen geändert: Wählen Sie den Untertitel noch einmal.", fr: "Les sous-titres ont changé entre-temps : choisissez le sous-titre de nouveau." },
  "a caption ends after it begins": { de: "Ein Untertitel endet nach seinem Beginn.", fr: "Un sous-titre finit après son début." },
  "there is no caption after this one": { de: "Nach diesem Untertitel kommt keiner mehr.", fr: "Il n’y a pas de sous-titre après celui-ci." },
  "there is nothing to undo": { de: "Es gibt nichts rückgängig zu machen.", fr: "Il n’y a rien à annuler." },
  "there is nothing to redo": { de: "Es gibt nichts zu wiederholen.", fr: "Il n’y a rien à rétablir." },
  // what a caption breaks of its style
  "empty: no text, a caption has some": { de: "leer: kein Text", fr: "vide : pas de texte" },
  "lines: {measured} lines, at most {limit}": { de: "Zeilen: {measured}, höchstens {limit}", fr: "lignes : {measured}, au plus {limit}" },
  "line-length: {measured} characters in line {line}, at most {limit}": { de: "Länge: {measured} Zeichen in Zeile {line}, höchstens {limit}", fr: "longueur : {measured} caractères à la ligne {line}, au plus {limit}" },
  "line-length: {measured} full-width characters in line {line}, at most {limit}": { de: "Länge: {measured} breite Zeichen in Zeile {line}, höchstens {limit}", fr: "longueur : {measured} caractères larges à la ligne {line}, au plus {limit}" },
  "min-duration: {measured} s, at least {limit} s": { de: "zu kurz: {measured} s, mindestens {limit} s", fr: "trop court : {measured} s, au moins {limit} s" },
  "max-duration: {measured} s, at most {limit} s": { de: "zu lang: {measured} s, höchstens {limit} s", fr: "trop long : {measured} s, au plus {limit} s" },
  "characters-per-second: {measured} characters a second, at most {limit}": { de: "zu schnell zu lesen: {measured} Zeichen je Sekunde, höchstens {limit}", fr: "trop rapide à lire : {measured} caractères par seconde, au plus {limit}" },
  "words-per-minute: {measured} words a minute, at most {limit}": { de: "zu schnell zu lesen: {measured} Wörter je Minute, höchstens {limit}", fr: "trop rapide à lire : {measured} mots par minute, au plus {limit}" },
  "word-time: {measured} s a word, at least {limit} s": { de: "zu schnell zu lesen: {measured} s je Wort, mindestens {limit} s", fr: "trop rapide à lire : {measured} s par mot, au moins {limit} s" },
  "overlap: {measured} s over the next, captions in one place follow each other": { de: "Überschneidung: {measured} s über dem nächsten", fr: "chevauchement : {measured} s sur le suivant" },
  "min-gap: {measured} s, at least {limit} s": { de: "Abstand: {measured} s, mindestens {limit} s", fr: "intervalle : {measured} s, au moins {limit} s" },
  "min-gap: {measured} s, at least {limit} frames": { de: "Abstand: {measured} s, mindestens {limit} Bilder", fr: "intervalle : {measured} s, au moins {limit} images" },
  "short-gap: a gap of {measured} s, none but {allowed} s, or at least {limit} s": { de: "kurze Lücke: {measured} s; keine außer {allowed} s oder mindestens {limit} s", fr: "courte lacune : {measured} s ; aucune sauf {allowed} s, ou au moins {limit} s" },
  "short-gap: a gap of {measured} s, none but {allowed} s, or at least {limit} frames": { de: "kurze Lücke: {measured} s; keine außer {allowed} s oder mindestens {limit} Bilder", fr: "courte lacune : {measured} s ; aucune sauf {allowed} s, ou au moins {limit} images" },
  "short-gap: a gap of {measured} s, none, or at least {limit} s": { de: "kurze Lücke: {measured} s; keine oder mindestens {limit} s", fr: "courte lacune : {measured} s ; aucune, ou au moins {limit} s" },
  "short-gap: a gap of {measured} s, none, or at least {limit} frames": { de: "kurze Lücke: {measured} s; keine oder mindestens {limit} Bilder", fr: "courte lacune : {measured} s ; aucune, ou au moins {limit} images" },
  "early: {measured} s before its speech, at most {limit} s": { de: "zu früh: {measured} s vor dem Gesprochenen, höchstens {limit} s", fr: "en avance : {measured} s avant la parole, au plus {limit} s" },
  "early: {measured} s before its speech, at most {limit} frames": { de: "zu früh: {measured} s vor dem Gesprochenen, höchstens {limit} Bilder", fr: "en avance : {measured} s avant la parole, au plus {limit} images" },
  "late: {measured} s after its speech, at most {limit} s": { de: "zu spät: {measured} s nach dem Beginn des Gesprochenen, höchstens {limit} s", fr: "en retard : {measured} s après le début de la parole, au plus {limit} s" },
  "late: {measured} s after its speech, at most {limit} frames": { de: "zu spät: {measured} s nach dem Beginn des Gesprochenen, höchstens {limit} Bilder", fr: "en retard : {measured} s après le début de la parole, au plus {limit} images" },
  "hang: {measured} s after its speech, at most {limit} s": { de: "bleibt stehen: {measured} s nach dem Gesprochenen, höchstens {limit} s", fr: "reste affiché : {measured} s après la parole, au plus {limit} s" },
  "hang: {measured} s after its speech, at most {limit} frames": { de: "bleibt stehen: {measured} s nach dem Gesprochenen, höchstens {limit} Bilder", fr: "reste affiché : {measured} s après la parole, au plus {limit} images" },
  "new-sentence: a sentence ends and another begins in line {line}, each on a line of its own": { de: "neuer Satz: In Zeile {line} endet ein Satz, und ein anderer beginnt; jeder auf eigener Zeile", fr: "nouvelle phrase : à la ligne {line}, une phrase finit et une autre commence ; chacune sur sa ligne" },
  "line-break: on more lines than it needs, better: {better}": { de: "Umbruch: auf mehr Zeilen als nötig, besser: {better}", fr: "coupure : sur plus de lignes qu’il n’en faut, mieux : {better}" },
  "line-break: “{word}” alone on a line, better: {better}": { de: "Umbruch: „{word}“ allein auf einer Zeile, besser: {better}", fr: "coupure : « {word} » seul sur une ligne, mieux : {better}" },
  "line-break: a line ends after “{word}”, better: {better}": { de: "Umbruch: Eine Zeile endet nach „{word}“, besser: {better}", fr: "coupure : une ligne finit après « {word} », mieux : {better}" },
};

const PLACE = /\{(\w+)\}/g;
const PATTERNS = Object.entries(SAID).map(([sentence, shown]) => [
  new RegExp(`^${sentence.replace(/[.*+?^$()[\]\\|]/g, "\\$&").replace(PLACE, "(?<$1>.+?)")}$`, "su"), shown]);
const PATHS = new Set(["file", "recording"]); // of which the pages show the name alone

const OF_A_CLIP = /^(?<clip>.*?“.+”: )(?<note>.+)$/su; // what is said of a clip among others begins with its words

export function saidIn(language, text) { // the sentence in that language, or as it came
  for (const [pattern, shown] of PATTERNS) {
    const found = pattern.exec(text);
    if (found && shown[language]) return shown[language].replace(PLACE, (_, name) => value(language, name, found.groups[name]));
  }
  const { clip, note } = OF_A_CLIP.exec(text)?.groups ?? {};
  return clip ? clip + saidIn(language, note) : text;
}

function value(language, name, text) {
  if (PATHS.has(name)) return text.split(/[/\\]/).pop();
  if (!/^\d+\.\d+$/.test(text)) return text;
  const digits = text.length - text.indexOf(".") - 1;
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits }).format(Number(text));
}
