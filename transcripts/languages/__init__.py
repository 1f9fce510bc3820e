"""What the spoken form needs to know of each language. Another one is a module with its rules, and an entry here."""

from __future__ import annotations

from asdelivered.transcripts.languages.dutch import DUTCH
from asdelivered.transcripts.languages.english import ENGLISH
from asdelivered.transcripts.languages.french import FRENCH
from asdelivered.transcripts.languages.german import GERMAN
from asdelivered.transcripts.languages.italian import ITALIAN
from asdelivered.transcripts.languages.polish import POLISH
from asdelivered.transcripts.languages.portuguese import PORTUGUESE
from asdelivered.transcripts.languages.rules import LanguageRules
from asdelivered.transcripts.languages.spanish import SPANISH

RULES = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "nl": DUTCH,
    "pt": PORTUGUESE,
    "pl": POLISH,
}
"""By ISO 639-1 code. In any other language words are as written, and numbers as num2words has them."""

OTHER = LanguageRules()
