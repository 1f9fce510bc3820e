// Every sentence of the desk, in each language. A new language is one more object with the same keys.
const en = {
  lang_name: "English", skip: "Skip to the content", language: "Language", close: "Close", back: "All events",
  events: "Events", new_event: "New event", example: "Open the example", filter: "Filter events",
  empty_title: "Drop a page and a recording here",
  empty_text: "The page is the official text of an event: a saved web page, a Word or PDF file, or text. The recording is any audio or video file.",
  library_in: "Your events are plain files in {folder}.",
  state_new: "not aligned", state_waiting: "waiting", state_working: "aligning", state_stopped: "stopped", state_failed: "refused", state_aligned: "aligned",
  page: "Page", recording: "Recording", choose: "Choose a file …", paste: "Paste the text", pasted: "Pasted text", or_drop: "or drop it here",
  page_hint: "A saved web page, Word, PDF, text, or captions.", recording_hint: "Any audio or video file.",
  add: "Add the event", add_many: "Add {count} events", adding: "Reading …", uploading: "Copying {name}: {percent} %",
  pairs: "{count} pairs were dropped; each is a page and a recording of the same name.", unpaired: "No partner was found for {names}.",
  remove: "Remove", replace: "Choose another",
  choose_page: "Choose the page", choose_recording: "Choose the recording", up: "Up", cancel: "Cancel", nothing_here: "There is nothing to choose in this folder.", left_out: "{count} more files are not shown.",
  tab_text: "Text", tab_times: "Times", tab_review: "Review", tab_export: "Export", steps: "Steps",
  understood: "What was understood", title: "Title", date: "Date", occasion: "Occasion", format: "Format", none: "none", found: "found in the text",
  listen_recording: "Listen to the recording",
  speakers: "Speakers", name: "Name", role: "Role", lines_said: "Turns", words: "Words", no_speaker: "Not a speaker", first_line: "First words",
  unspoken_by_page: "Not spoken, as the page shows", unspoken_more: "Other text that nobody says", unspoken_hint: "One text on each line, as it stands on the page.",
  save_corrections: "Save corrections", corrected: "The corrections are kept in speakers.txt, and the page was read again.",
  transcript: "Transcript", kind_label: "Label", no_text: "Nobody noted which page this alignment was made of.",
  align: "Align", align_again: "Align again", resume: "Resume", stop: "Stop", notify: "Tell me when it is done",
  waiting_text: "It waits until what runs is done.", working_text: "The recording is being aligned. You can go on working.",
  stopped_text: "The alignment was stopped. Nothing was lost: what was recognised is kept.", failed_text: "The alignment was refused", new_text: "Nothing has been aligned yet.",
  aligned_text: "The event is aligned.", done_lines: "{timed} of {lines} lines have times.", time_left: "about {time} left of this step", seconds: "{count} s", minutes: "{count} min",
  step_starting: "Starting", step_listening: "Recognising the speech", step_listening_again: "Listening again where it was unclear", step_aligning: "Placing the words",
  done_title: "{title}: done", failed_title: "{title}: refused",
  review_text: "Check the doubtful lines, correct times on the waveform, choose quotes.", open_review: "Open the review",
  first_align: "Align the event first.",
  captions: "Captions", style: "Style", formats: "Formats", labels: "Name speakers and sounds", make_captions: "Make captions", own_words: "Add my words for speech that the text lacks, in brackets",
  clips: "Clips of quotes", quotes: "Quotes", quotes_hint: "One quote on each line, as you remember it.", lists: "Lists for editors", media: "Files",
  media_none: "no files, just the lists", media_clips: "a file of each quote", media_vertical: "vertical, 9:16, with captions", media_reel: "one file of all quotes", make_clips: "Make clips",
  published: "Page to publish", address: "Web address of the recording", address_hint: "Leave it empty to use the file beside the page.", make_page: "Make the page",
  by_command: "The same in a terminal", copy: "Copy", copied: "Copied.", results: "Made just now", files: "All files", no_files: "No files yet.", making: "Being made …",
  more_formats: "More formats", more_lists: "More lists",
  search: "Search", search_all: "Find a quote in all events", found_none: "No event has anything like it.", found_some: "{count} places", play: "Play", copy_citation: "Copy the citation", show: "Show in the review", not_spoken: "not spoken",
  tab_captions: "Captions", undo: "Undo", redo: "Redo", keys: "Keys", by_hand: "by hand", next_problem: "Next problem",
  cue_counts: "{count} captions, {wrong} with a problem, {edits} by hand.", words_of_cue: "Words of the caption: choose where something begins",
  break_here: "New line here", split_here: "New caption here", join_next: "Join with the next", in_earlier: "In earlier", in_later: "In later", out_earlier: "Out earlier", out_later: "Out later", as_style: "As the style has it",
  lost_edits: "These captions by hand no longer fit: their words are gone, or not spoken", forget_edits: "Forget them",
  cue_keys: "↑ ↓ other caption · ← → other word · B new line before the word · S new caption before the word · M join with the next · [ ] in-time, { } out-time · R as the style has it · N next problem · U undo, Shift U redo · K play",
  sound: "Sound to align", sound_auto: "The one in which the text is heard", timed_transcript: "Transcript with times", make_transcript: "Make the transcript", preview: "Preview",
  reel: "Reel of quotes from several events", add_to_reel: "Add to the reel", added: "Added.", make_reel: "Make the film", sooner: "Sooner",
  found_so_far: "Found so far", found_hint: "{count} of {lines} lines, about when they begin. These times may still move.",
};
const de = {
  lang_name: "Deutsch", skip: "Zum Inhalt", language: "Sprache", close: "Schließen", back: "Alle Ereignisse",
  events: "Ereignisse", new_event: "Neues Ereignis", example: "Beispiel öffnen", filter: "Ereignisse filtern",
  empty_title: "Text und Aufnahme hierher ziehen",
  empty_text: "Der Text ist der offizielle Wortlaut: eine gespeicherte Webseite, eine Word- oder PDF-Datei oder reiner Text. Die Aufnahme ist eine beliebige Ton- oder Videodatei.",
  library_in: "Ihre Ereignisse sind gewöhnliche Dateien in {folder}.",
  state_new: "ohne Zeiten", state_waiting: "wartet", state_working: "läuft", state_stopped: "angehalten", state_failed: "abgelehnt", state_aligned: "fertig",
  page: "Text", recording: "Aufnahme", choose: "Datei wählen …", paste: "Text einfügen", pasted: "Eingefügter Text", or_drop: "oder hierher ziehen",
  page_hint: "Gespeicherte Webseite, Word, PDF, Text oder Untertitel.", recording_hint: "Beliebige Ton- oder Videodatei.",
  add: "Ereignis anlegen", add_many: "{count} Ereignisse anlegen", adding: "Wird gelesen …", uploading: "{name} wird kopiert: {percent} %",
  pairs: "{count} Paare: jeweils Text und Aufnahme gleichen Namens.", unpaired: "Kein Gegenstück gefunden für {names}.",
  remove: "Entfernen", replace: "Andere wählen",
  choose_page: "Text wählen", choose_recording: "Aufnahme wählen", up: "Nach oben", cancel: "Abbrechen", nothing_here: "In diesem Ordner gibt es nichts zu wählen.", left_out: "{count} weitere Dateien werden nicht gezeigt.",
  tab_text: "Text", tab_times: "Zeiten", tab_review: "Prüfen", tab_export: "Ausgeben", steps: "Schritte",
  understood: "So wurde der Text verstanden", title: "Titel", date: "Datum", occasion: "Anlass", format: "Format", none: "keine Angabe", found: "im Text erkannt",
  listen_recording: "Aufnahme anhören",
  speakers: "Sprecher", name: "Name", role: "Funktion", lines_said: "Beiträge", words: "Wörter", no_speaker: "Kein Sprecher", first_line: "Erste Worte",
  unspoken_by_page: "Nicht gesprochen laut Seite", unspoken_more: "Weiterer nicht gesprochener Text", unspoken_hint: "Ein Text je Zeile, wie er auf der Seite steht.",
  save_corrections: "Korrekturen speichern", corrected: "Die Korrekturen stehen in speakers.txt; die Seite wurde neu gelesen.",
  transcript: "Wortlaut", kind_label: "Name", no_text: "Zu dieser Ausrichtung ist keine Seite vermerkt.",
  align: "Zeiten finden", align_again: "Zeiten neu finden", resume: "Fortsetzen", stop: "Anhalten", notify: "Benachrichtigen, wenn fertig",
  waiting_text: "Wartet, bis die laufende Arbeit fertig ist.", working_text: "Die Zeiten werden gesucht. Sie können weiterarbeiten.",
  stopped_text: "Angehalten. Nichts ging verloren: Was erkannt wurde, bleibt.", failed_text: "Abgelehnt", new_text: "Noch keine Zeiten.",
  aligned_text: "Alle Zeiten sind gefunden.", done_lines: "{timed} von {lines} Zeilen haben Zeiten.", time_left: "noch etwa {time} für diesen Schritt", seconds: "{count} s", minutes: "{count} min",
  step_starting: "Beginnt", step_listening: "Sprache wird erkannt", step_listening_again: "Unklare Stellen werden erneut gehört", step_aligning: "Wörter werden zugeordnet",
  done_title: "{title}: fertig", failed_title: "{title}: abgelehnt",
  review_text: "Zweifelhafte Zeilen prüfen, Zeiten auf der Wellenform berichtigen, Zitate wählen.", open_review: "Prüfung öffnen",
  first_align: "Zuerst die Zeiten finden.",
  captions: "Untertitel", style: "Stil", formats: "Formate", labels: "Sprecher und Geräusche nennen", make_captions: "Untertitel erstellen", own_words: "Meine Worte für Gesprochenes, das im Text fehlt, in Klammern hinzufügen",
  clips: "Ausschnitte zu Zitaten", quotes: "Zitate", quotes_hint: "Ein Zitat je Zeile, aus dem Gedächtnis.", lists: "Schnittlisten", media: "Dateien",
  media_none: "keine Dateien, nur die Listen", media_clips: "eine Datei je Zitat", media_vertical: "hochkant, 9:16, mit Untertiteln", media_reel: "eine Datei mit allen Zitaten", make_clips: "Ausschnitte erstellen",
  published: "Seite zum Veröffentlichen", address: "Webadresse der Aufnahme", address_hint: "Leer lassen, um die Datei neben der Seite zu verwenden.", make_page: "Seite erstellen",
  by_command: "Dasselbe im Terminal", copy: "Kopieren", copied: "Kopiert.", results: "Eben erstellt", files: "Alle Dateien", no_files: "Noch keine Dateien.", making: "Wird erstellt …",
  more_formats: "Weitere Formate", more_lists: "Weitere Listen",
  search: "Suchen", search_all: "Ein Zitat in allen Ereignissen suchen", found_none: "Kein Ereignis enthält Ähnliches.", found_some: "{count} Stellen", play: "Abspielen", copy_citation: "Beleg kopieren", show: "In der Prüfung zeigen", not_spoken: "nicht gesprochen",
  tab_captions: "Untertitel", undo: "Rückgängig", redo: "Wiederholen", keys: "Tasten", by_hand: "von Hand", next_problem: "Nächstes Problem",
  cue_counts: "{count} Untertitel, davon {wrong} mit einem Problem und {edits} von Hand.", words_of_cue: "Wörter des Untertitels: wählen, wo etwas beginnt",
  break_here: "Neue Zeile ab hier", split_here: "Neuer Untertitel ab hier", join_next: "Mit dem nächsten verbinden", in_earlier: "Früher ein", in_later: "Später ein", out_earlier: "Früher aus", out_later: "Später aus", as_style: "Wie der Stil es will",
  lost_edits: "Diese Untertitel von Hand passen nicht mehr: Ihre Wörter fehlen oder werden nicht gesprochen", forget_edits: "Verwerfen",
  cue_keys: "↑ ↓ anderer Untertitel · ← → anderes Wort · B neue Zeile vor dem Wort · S neuer Untertitel vor dem Wort · M mit dem nächsten verbinden · [ ] Einblendung, { } Ausblendung · R wie der Stil es will · N nächstes Problem · U rückgängig, Umschalt U wiederholen · K abspielen",
  sound: "Tonspur für die Zeiten", sound_auto: "Die, in der der Text zu hören ist", timed_transcript: "Text mit Zeiten", make_transcript: "Text erstellen", preview: "Vorschau",
  reel: "Film aus Zitaten mehrerer Ereignisse", add_to_reel: "In den Film", added: "Hinzugefügt.", make_reel: "Film erstellen", sooner: "Früher",
  found_so_far: "Bisher gefunden", found_hint: "{count} von {lines} Zeilen, ungefähr ihr Beginn. Diese Zeiten können sich noch ändern.",
};
const fr = {
  lang_name: "Français", skip: "Aller au contenu", language: "Langue", close: "Fermer", back: "Tous les événements",
  events: "Événements", new_event: "Nouvel événement", example: "Ouvrir l’exemple", filter: "Filtrer les événements",
  empty_title: "Déposez ici un texte et un enregistrement",
  empty_text: "Le texte est la version officielle : une page web enregistrée, un fichier Word ou PDF, ou du texte. L’enregistrement est un fichier audio ou vidéo quelconque.",
  library_in: "Vos événements sont de simples fichiers dans {folder}.",
  state_new: "non aligné", state_waiting: "en attente", state_working: "en cours", state_stopped: "arrêté", state_failed: "refusé", state_aligned: "aligné",
  page: "Texte", recording: "Enregistrement", choose: "Choisir un fichier …", paste: "Coller le texte", pasted: "Texte collé", or_drop: "ou déposez-le ici",
  page_hint: "Page web enregistrée, Word, PDF, texte ou sous-titres.", recording_hint: "Tout fichier audio ou vidéo.",
  add: "Ajouter l’événement", add_many: "Ajouter {count} événements", adding: "Lecture …", uploading: "Copie de {name} : {percent} %",
  pairs: "{count} paires : un texte et un enregistrement du même nom.", unpaired: "Sans partenaire : {names}.",
  remove: "Retirer", replace: "En choisir un autre",
  choose_page: "Choisir le texte", choose_recording: "Choisir l’enregistrement", up: "Dossier parent", cancel: "Annuler", nothing_here: "Rien à choisir dans ce dossier.", left_out: "{count} autres fichiers ne sont pas affichés.",
  tab_text: "Texte", tab_times: "Temps", tab_review: "Relecture", tab_export: "Export", steps: "Étapes",
  understood: "Ce qui a été compris", title: "Titre", date: "Date", occasion: "Occasion", format: "Format", none: "aucun", found: "trouvée dans le texte",
  listen_recording: "Écouter l’enregistrement",
  speakers: "Intervenants", name: "Nom", role: "Fonction", lines_said: "Interventions", words: "Mots", no_speaker: "Pas un intervenant", first_line: "Premiers mots",
  unspoken_by_page: "Non prononcé, selon la page", unspoken_more: "Autre texte que personne ne dit", unspoken_hint: "Un texte par ligne, tel qu’il figure sur la page.",
  save_corrections: "Enregistrer les corrections", corrected: "Les corrections sont dans speakers.txt ; la page a été relue.",
  transcript: "Transcription", kind_label: "Nom", no_text: "La page de cet alignement n’est pas connue.",
  align: "Aligner", align_again: "Aligner de nouveau", resume: "Reprendre", stop: "Arrêter", notify: "Me prévenir à la fin",
  waiting_text: "En attente de la fin du travail en cours.", working_text: "L’alignement est en cours. Vous pouvez continuer à travailler.",
  stopped_text: "L’alignement a été arrêté. Rien n’est perdu : ce qui a été reconnu est conservé.", failed_text: "L’alignement a été refusé", new_text: "Rien n’est encore aligné.",
  aligned_text: "L’événement est aligné.", done_lines: "{timed} lignes sur {lines} ont un temps.", time_left: "encore {time} environ pour cette étape", seconds: "{count} s", minutes: "{count} min",
  step_starting: "Démarrage", step_listening: "Reconnaissance de la parole", step_listening_again: "Nouvelle écoute des passages peu clairs", step_aligning: "Placement des mots",
  done_title: "{title} : terminé", failed_title: "{title} : refusé",
  review_text: "Vérifier les lignes douteuses, corriger les temps sur la forme d’onde, choisir des citations.", open_review: "Ouvrir la relecture",
  first_align: "Alignez d’abord l’événement.",
  captions: "Sous-titres", style: "Style", formats: "Formats", labels: "Nommer les intervenants et les sons", make_captions: "Créer les sous-titres", own_words: "Ajouter mes mots pour ce que le texte n’a pas, entre crochets",
  clips: "Extraits de citations", quotes: "Citations", quotes_hint: "Une citation par ligne, de mémoire.", lists: "Listes de montage", media: "Fichiers",
  media_none: "aucun fichier, seulement les listes", media_clips: "un fichier par citation", media_vertical: "vertical, 9:16, sous-titré", media_reel: "un seul fichier pour toutes", make_clips: "Créer les extraits",
  published: "Page à publier", address: "Adresse web de l’enregistrement", address_hint: "Laissez vide pour utiliser le fichier à côté de la page.", make_page: "Créer la page",
  by_command: "La même chose dans un terminal", copy: "Copier", copied: "Copié.", results: "Créé à l’instant", files: "Tous les fichiers", no_files: "Aucun fichier.", making: "En cours …",
  more_formats: "Autres formats", more_lists: "Autres listes",
  search: "Chercher", search_all: "Chercher une citation dans tous les événements", found_none: "Aucun événement n’a rien de semblable.", found_some: "{count} passages", play: "Lire", copy_citation: "Copier la référence", show: "Montrer dans la relecture", not_spoken: "non prononcé",
  tab_captions: "Sous-titres", undo: "Annuler", redo: "Rétablir", keys: "Touches", by_hand: "à la main", next_problem: "Problème suivant",
  cue_counts: "{count} sous-titres, dont {wrong} avec un problème et {edits} à la main.", words_of_cue: "Mots du sous-titre : choisir où quelque chose commence",
  break_here: "Nouvelle ligne ici", split_here: "Nouveau sous-titre ici", join_next: "Joindre au suivant", in_earlier: "Entrée plus tôt", in_later: "Entrée plus tard", out_earlier: "Sortie plus tôt", out_later: "Sortie plus tard", as_style: "Selon le style",
  lost_edits: "Ces sous-titres faits à la main ne conviennent plus : leurs mots manquent ou ne sont pas prononcés", forget_edits: "Les oublier",
  cue_keys: "↑ ↓ autre sous-titre · ← → autre mot · B nouvelle ligne avant le mot · S nouveau sous-titre avant le mot · M joindre au suivant · [ ] entrée, { } sortie · R selon le style · N problème suivant · U annuler, Maj U rétablir · K lire",
  sound: "Piste à aligner", sound_auto: "Celle où le texte est entendu", timed_transcript: "Transcription avec les temps", make_transcript: "Créer la transcription", preview: "Aperçu",
  reel: "Montage de citations de plusieurs événements", add_to_reel: "Ajouter au montage", added: "Ajouté.", make_reel: "Créer le film", sooner: "Plus tôt",
  found_so_far: "Trouvé jusqu’ici", found_hint: "{count} lignes sur {lines}, leur début approximatif. Ces temps peuvent encore changer.",
};
export const CATALOGUE = { en, de, fr };

const KEPT = "asdelivered-language";

function preferred() {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((one) => one.slice(0, 2))];
  return wanted.find((one) => one in CATALOGUE) ?? "en";
}

let language = preferred();

export const chosenLanguage = () => language;

export function chooseLanguage(code) {
  language = code;
  localStorage.setItem(KEPT, code);
}

export function t(key, values = {}) { // the sentence of that key, with its {places} filled
  const sentence = CATALOGUE[language][key] ?? CATALOGUE.en[key];
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const has = (key) => key in CATALOGUE.en;
