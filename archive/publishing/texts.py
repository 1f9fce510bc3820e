"""The words of an event's page that are not the event's own, by language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageTexts:
    """The words of a page in one language; `{...}` stands for what is put in."""

    language: str
    to_the_text: str
    all_events: str
    recording: str
    find_words: str
    find: str
    no_recording: str
    recording_at: str
    not_heard: str
    no_speech: str
    """A line of which the page leaves in doubt whether it is speech, and the recording shows that it is not."""
    times_by: str
    italics: str
    quote: str
    play: str
    copy_quote: str
    copy_link: str
    copy_citation: str
    cite: str
    copy_embed: str
    picture: str
    not_here: str
    of: str
    copied: str
    corrected: str


_ENGLISH = PageTexts(
    language="en",
    to_the_text="To the text",
    all_events="All events",
    recording="Recording",
    find_words="Find words",
    find="Find",
    no_recording="The recording is not on this site, so nothing can be played. The times are those of the recording.",
    recording_at="The recording at {host}",
    not_heard="not heard",
    no_speech="no speech",
    times_by="Times by asdelivered.",
    italics="Lines in italics were not heard in the recording.",
    quote="Quote",
    play="Play",
    copy_quote="Copy quote",
    copy_link="Copy link",
    copy_citation="Copy a citation",
    cite="Cite …",
    copy_embed="Copy embed",
    picture="Picture",
    not_here="These words do not stand here.",
    of="{number} of {all}",
    copied="Copied",
    corrected="corrected",
)
_GERMAN = PageTexts(
    language="de",
    to_the_text="Zum Text",
    all_events="Alle Veranstaltungen",
    recording="Aufnahme",
    find_words="Wörter suchen",
    find="Suchen",
    no_recording="Die Aufnahme liegt nicht auf dieser Website und kann hier nicht abgespielt werden. Die Zeiten "
    "sind die der Aufnahme.",
    recording_at="Die Aufnahme bei {host}",
    not_heard="nicht zu hören",
    no_speech="keine Rede",
    times_by="Zeiten von asdelivered.",
    italics="Kursive Zeilen sind in der Aufnahme nicht zu hören.",
    quote="Zitat",
    play="Abspielen",
    copy_quote="Zitat kopieren",
    copy_link="Link kopieren",
    copy_citation="Quellenangabe kopieren",
    cite="Quellenangabe …",
    copy_embed="Einbettung kopieren",
    picture="Bild",
    not_here="Diese Wörter stehen hier nicht.",
    of="{number} von {all}",
    copied="Kopiert",
    corrected="berichtigt am",
)
_FRENCH = PageTexts(
    language="fr",
    to_the_text="Aller au texte",
    all_events="Tous les événements",
    recording="Enregistrement",
    find_words="Chercher des mots",
    find="Chercher",
    no_recording="L’enregistrement n’est pas sur ce site\u202f: il ne peut être lu ici. Les temps sont ceux de "
    "l’enregistrement.",
    recording_at="L’enregistrement sur {host}",
    not_heard="non entendu",
    no_speech="hors discours",
    times_by="Temps établis par asdelivered.",
    italics="Les lignes en italique n’ont pas été entendues dans l’enregistrement.",
    quote="Citation",
    play="Écouter",
    copy_quote="Copier la citation",
    copy_link="Copier le lien",
    copy_citation="Copier une référence",
    cite="Référence…",
    copy_embed="Copier le code d’intégration",
    picture="Image",
    not_here="Ces mots ne figurent pas ici.",
    of="{number} sur {all}",
    copied="Copié",
    corrected="corrigé le",
)
_LANGUAGES = {texts.language: texts for texts in (_ENGLISH, _GERMAN, _FRENCH)}


def texts_for(language: str) -> PageTexts:
    """Return the words for pages in a language ("de", "de-AT"); English where there are none."""
    return _LANGUAGES.get(language.lower().partition("-")[0], _ENGLISH)
