// The names of formats and styles that are words, in the languages of the page; as in gettext, the English one is the key. A
// proper name, such as WebVTT, is the same in all of them.
export const NAMES = {
  // cut-lists
  "CMX3600 edit decision list": { de: "Schnittliste CMX3600", fr: "liste de montage CMX3600" },
  "Final Cut Pro 7 and Premiere XML": { de: "XML für Final Cut Pro 7 und Premiere", fr: "XML pour Final Cut Pro 7 et Premiere" },
  "markers for Premiere": { de: "Marken für Premiere", fr: "marqueurs pour Premiere" },
  "markers for DaVinci Resolve": { de: "Marken für DaVinci Resolve", fr: "marqueurs pour DaVinci Resolve" },
  "edit for Avid": { de: "Schnitt für Avid", fr: "montage pour Avid" },
  "log of clips for Avid": { de: "Liste der Ausschnitte für Avid", fr: "liste d’extraits pour Avid" },
  "text EDL for Vegas and Edius": { de: "Text-EDL für Vegas und Edius", fr: "EDL en texte pour Vegas et Edius" },
  "MLT XML for melt, Kdenlive and Shotcut": { de: "MLT-XML für melt, Kdenlive und Shotcut", fr: "XML de MLT pour melt, Kdenlive et Shotcut" },
  "labels for Audacity": { de: "Marken für Audacity", fr: "marqueurs pour Audacity" },
  "markers for Pro Tools, as MIDI": { de: "Marken für Pro Tools, als MIDI", fr: "marqueurs pour Pro Tools, en MIDI" },
  "regions for Reaper": { de: "Bereiche für Reaper", fr: "régions pour Reaper" },
  "markers for Audition": { de: "Marken für Audition", fr: "marqueurs pour Audition" },
  "session for Hindenburg": { de: "Sitzung für Hindenburg", fr: "session pour Hindenburg" },
  "table": { de: "Tabelle", fr: "tableau" },
  "segments for LosslessCut": { de: "Abschnitte für LosslessCut", fr: "segments pour LosslessCut" },
  "mpv playlist": { de: "Abspielliste für mpv", fr: "liste de lecture pour mpv" },
  "chapters for FFmpeg": { de: "Kapitel für FFmpeg", fr: "chapitres pour FFmpeg" },
  "chapters for podcasts": { de: "Kapitel für Podcasts", fr: "chapitres pour podcasts" },
  "chapters for YouTube": { de: "Kapitel für YouTube", fr: "chapitres pour YouTube" },
  "concat script for FFmpeg": { de: "Skript für FFmpeg (concat)", fr: "script pour FFmpeg (concat)" },
  "playlist": { de: "Abspielliste", fr: "liste de lecture" },
  // captions and transcripts that are written
  "WebVTT chapters, one a turn": { de: "Kapitel in WebVTT, je Beitrag eines", fr: "chapitres WebVTT, un par intervention" },
  "SubViewer, of YouTube": { de: "SubViewer, von YouTube", fr: "SubViewer, de YouTube" },
  "CTM, a word a line": { de: "CTM, je Zeile ein Wort", fr: "CTM, un mot par ligne" },
  "ELAN annotations": { de: "Annotationen für ELAN", fr: "annotations ELAN" },
  "RTTM, who speaks when": { de: "RTTM, wer wann spricht", fr: "RTTM, qui parle quand" },
  "TEI, utterances on a timeline": { de: "TEI, Äußerungen auf einer Zeitachse", fr: "TEI, énoncés sur un axe de temps" },
  "Akoma Ntoso, a debate with times": { de: "Akoma Ntoso, eine Debatte mit Zeiten", fr: "Akoma Ntoso, un débat avec les temps" },
  "a table of the words": { de: "Tabelle der Wörter", fr: "tableau des mots" },
  "Audacity labels": { de: "Marken für Audacity", fr: "marqueurs pour Audacity" },
  "plain text": { de: "reiner Text", fr: "texte brut" },
  "text with speakers and times": { de: "Text mit Sprechern und Zeiten", fr: "texte avec orateurs et temps" },
  "transcript for Word": { de: "Wortlaut für Word", fr: "transcription pour Word" },
  "transcript as HTML": { de: "Wortlaut als HTML", fr: "transcription en HTML" },
  // transcripts that are read
  "a PDF file": { de: "eine PDF-Datei", fr: "un fichier PDF" },
  "a Word document": { de: "ein Word-Dokument", fr: "un document Word" },
  "an OpenDocument text": { de: "ein OpenDocument-Text", fr: "un texte OpenDocument" },
  "a Rich Text file": { de: "eine Rich-Text-Datei", fr: "un fichier Rich Text" },
  "a message or a web archive": { de: "eine Nachricht oder ein Webarchiv", fr: "un message ou une archive web" },
  "a web archive of Safari": { de: "ein Webarchiv von Safari", fr: "une archive web de Safari" },
  "WebVTT captions": { de: "Untertitel in WebVTT", fr: "sous-titres WebVTT" },
  "a Whisper or WhisperX transcript in JSON": { de: "ein Transkript von Whisper oder WhisperX in JSON", fr: "une transcription de Whisper ou WhisperX en JSON" },
  "a Podcasting 2.0 transcript in JSON": { de: "ein Podcasting-2.0-Transkript in JSON", fr: "une transcription Podcasting 2.0 en JSON" },
  "a transcript in JSON": { de: "ein Transkript in JSON", fr: "une transcription en JSON" },
  "a table of turns (CSV, TSV)": { de: "eine Tabelle der Beiträge (CSV, TSV)", fr: "un tableau des interventions (CSV, TSV)" },
  "an oTranscribe file": { de: "eine Datei von oTranscribe", fr: "un fichier oTranscribe" },
  "SubStation Alpha captions": { de: "Untertitel in SubStation Alpha", fr: "sous-titres SubStation Alpha" },
  "SubRip captions": { de: "Untertitel in SubRip", fr: "sous-titres SubRip" },
  "TTML captions": { de: "Untertitel in TTML", fr: "sous-titres TTML" },
  "the XML of a parliament": { de: "das XML eines Parlaments", fr: "le XML d’un parlement" },
  "a web page": { de: "eine Webseite", fr: "une page web" },
  // styles
  "Netflix, adult programmes": { de: "Netflix, für Erwachsene", fr: "Netflix, programmes pour adultes" },
  "Netflix, children's programmes": { de: "Netflix, für Kinder", fr: "Netflix, programmes pour enfants" },
  "Plain captions": { de: "Schlichte Untertitel", fr: "Sous-titres simples" },
  "Podcasting 2.0 transcripts": { de: "Transkripte für Podcasting 2.0", fr: "Transcriptions pour Podcasting 2.0" },
  "Vertical video": { de: "Video im Hochformat", fr: "Vidéo verticale" },
};

const OF_A_LANGUAGE = /^([^,]+), [^,]+, /u; // "Netflix, German, adult programmes": the page need not say of which language

export function nameIn(language, name) { // a style of one's own has the name that it got
  return (NAMES[name] ?? NAMES[name.replace(OF_A_LANGUAGE, "$1, ")])?.[language] ?? name;
}
