"""The words of a site's own pages: the first page with its search, and the page of an event that was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SearchTexts:
    """What the script of the search says; `{...}` stands for what is put in."""

    searching: str
    found: str
    more_than: str
    nothing: str
    instead: str
    previous: str
    next: str
    play_here: str
    not_heard: str
    no_speech: str
    copy: str
    copied: str
    needs_server: str
    failed: str


@dataclass(frozen=True)
class SiteTexts:
    """The words of a site in one language."""

    language: str
    search: str
    quote_or_words: str
    speaker: str
    year: str
    event: str
    all: str
    order: str
    best: str
    latest: str
    events: str
    feed: str
    latest_events: str
    by_year: str
    undated: str
    moved: str
    withdrawn: str
    since: str
    all_events: str
    script: SearchTexts


_ENGLISH = SiteTexts(
    language="en",
    search="Search",
    quote_or_words="A quote or words",
    speaker="Speaker",
    year="Year",
    event="Event",
    all="All",
    order="Order",
    best="Best match",
    latest="Latest first",
    events="Events",
    feed="Events with what was said, as captions and text.",
    latest_events="Latest events",
    by_year="All events by year",
    undated="without a date",
    moved="This event has moved",
    withdrawn="This event was withdrawn",
    since="It is no longer published here since {day}.",
    all_events="All events",
    script=SearchTexts(
        searching="Searching …",
        found="{first} to {last} of {all}",
        more_than="more than {number}",
        nothing="Nothing like it was said.",
        instead="Nobody says “{word}”: found with {others}.",
        previous="Previous",
        next="Next",
        play_here="Play here",
        not_heard="not heard",
        no_speech="no speech",
        copy="Copy with link",
        copied="Copied",
        needs_server="The search needs a web server: from a disk, browsers let no page read other files.",
        failed="The search failed: {reason}",
    ),
)
_GERMAN = SiteTexts(
    language="de",
    search="Suchen",
    quote_or_words="Ein Zitat oder Wörter",
    speaker="Wer spricht",
    year="Jahr",
    event="Veranstaltung",
    all="Alle",
    order="Reihenfolge",
    best="Beste Treffer",
    latest="Neueste zuerst",
    events="Veranstaltungen",
    feed="Veranstaltungen mit ihrem Wortlaut, als Untertitel und Text.",
    latest_events="Neueste Veranstaltungen",
    by_year="Alle Veranstaltungen nach Jahr",
    undated="ohne Datum",
    moved="Diese Veranstaltung ist umgezogen",
    withdrawn="Diese Veranstaltung wurde zurückgezogen",
    since="Sie ist hier seit dem {day} nicht mehr veröffentlicht.",
    all_events="Alle Veranstaltungen",
    script=SearchTexts(
        searching="Suche läuft …",
        found="{first} bis {last} von {all}",
        more_than="mehr als {number}",
        nothing="Nichts Ähnliches wurde gesagt.",
        instead="„{word}“ sagt niemand: gefunden mit {others}.",
        previous="Zurück",
        next="Weiter",
        play_here="Hier abspielen",
        not_heard="nicht zu hören",
        no_speech="keine Rede",
        copy="Mit Link kopieren",
        copied="Kopiert",
        needs_server="Die Suche braucht einen Webserver: Von der Festplatte lassen Browser keine Seite "
        "andere Dateien lesen.",
        failed="Die Suche ist fehlgeschlagen: {reason}",
    ),
)
_FRENCH = SiteTexts(
    language="fr",
    search="Chercher",
    quote_or_words="Une citation ou des mots",
    speaker="Qui parle",
    year="Année",
    event="Événement",
    all="Tous",
    order="Ordre",
    best="Meilleurs résultats",
    latest="Les plus récents d’abord",
    events="Événements",
    feed="Des événements et ce qui y a été dit, en sous-titres et en texte.",
    latest_events="Derniers événements",
    by_year="Tous les événements par année",
    undated="sans date",
    moved="Cet événement a changé d’adresse",
    withdrawn="Cet événement a été retiré",
    since="Il n’est plus publié ici depuis le {day}.",
    all_events="Tous les événements",
    script=SearchTexts(
        searching="Recherche…",
        found="{first} à {last} sur {all}",
        more_than="plus de {number}",
        nothing="Rien de semblable n’a été dit.",
        instead="Personne ne dit « {word} » : trouvé avec {others}.",
        previous="Précédent",
        next="Suivant",
        play_here="Écouter ici",
        not_heard="non entendu",
        no_speech="hors discours",
        copy="Copier avec le lien",
        copied="Copié",
        needs_server="La recherche a besoin d’un serveur web\u202f: depuis un disque, les navigateurs ne laissent "
        "aucune page lire d’autres fichiers.",
        failed="La recherche a échoué\u202f: {reason}",
    ),
)
SITE_LANGUAGES = {texts.language: texts for texts in (_ENGLISH, _GERMAN, _FRENCH)}
"""By code."""


def site_texts_for(language: str) -> SiteTexts:
    """Return the words for a site in a language ("de", "de-AT"); English where there are none."""
    return SITE_LANGUAGES.get(language.lower().partition("-")[0], _ENGLISH)
