"""What a single line looks like: a speaker's label, a form of address, a finished sentence."""

from __future__ import annotations

import re

from asdelivered.transcripts.rules import word_set

ROLES = word_set(
    "acting admiral adviser advisor affairs ambassador analyst anchor archbishop assistant attorney "
    "bishop bundeskanzler bundeskanzlerin bundespräsident captain ceo cfo chair chairman chairperson "
    "chairwoman chancellor chef chief colonel commandant commander commissioner coo correspondent cto "
    "dean defence defense deputy directeur director directrice direktor direktorin dr editor envoy "
    "executive fellow foreign founder general generalsekretär governor head high host journalist "
    "judge justice kanzler kanzlerin king lady leader lieutenant lord major manager mayor member "
    "minister ministerin ministre moderator mp mep mr mrs ms officer partner permanent pope premier "
    "presenter president prime prince princess prof professor président présidente präsident "
    "präsidentin queen rapporteur rector reporter representative researcher scholar secgen secretary "
    "secrétaire senator senior sir speaker special spokesman spokesperson spokeswoman state under "
    "vice"
)
"""Words of offices. A name has others beside them."""

_JOINING = word_set(
    "a al and at bin da das de del della der des di do du e el en et for für from in la las le les los of on "
    "the to und van vom von y zu zum zur &"
)
"""Words that a name or a title writes small."""

_NEVER_FIRST = word_set(
    "a after an and as at because but by even every finally for from he her here how i if in is it its just "
    "let more my never no not now of on once only or our she so some that their then there these they this "
    "those to today together we well what when where which while who why with without yes you your"
)
"""Words that begin a sentence, not a label; "the" may begin both: "The President"."""

_ADDRESS = re.compile(
    r"(?:dear|ladies|gentlemen|excellenc|your\s+(?:excellenc|majest|royal|highness)|friends|colleagues|thank|good\s|"
    r"hello|welcome|distinguished|hono[u]?rable|esteemed|bonjour|merci|guten|danke|sehr\s+geehrte|liebe|"
    r"meine\s+damen|mesdames|messieurs|chers|señor[ae]s|slava)",
    re.IGNORECASE,
)
_COURTESY = word_set("mr mrs ms mister madam madame sir monsieur herr frau")

_FIXED = re.compile(
    r"(?:(?:online|audience|next|first|second|third|last|final|follow-up|press|media)\s+)?"
    r"(?:questions?|answers?|q|a|comment|intervention|frage|antwort|journalist(?:in)?|journaliste|reporter|"
    r"moderator(?:in)?|modérat(?:eur|rice)|interviewer(?:in)?|interviewee|host|presenter|narrator|interpreter|"
    r"speaker|participant|(?:audience|panel)\s+member|member\s+of\s+the\s+(?:audience|public|press)|"
    r"unidentified(?:\s+\w+)?|unknown(?:\s+speaker)?|several\s+speakers|voice-?over|announcer)"
    r"(?:\s+#?\d{1,3})?(?:\s+(?:from|by|in|aus|von|de|du)\s+.{1,80})?(?:\s*[\[(][^\[\]()]{1,80}[\])])?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[\[(][^\[\]()]{1,80}[\])]")
_WORD = re.compile(r"[^\W\d_][\w'’.\-]*|\d{1,3}|&")
_ABBREVIATED = re.compile(r"(?:[^\W\d_]{1,4}\.)+")
_SECTION = re.compile(
    r"q\s?&\s?a(?:\s+session)?|questions?\s+(?:and|&)\s+answers?(?:\s+session)?|end\s+of\s+(?:the\s+)?transcript"
    r"|fragen\s+und\s+antworten|questions?\s*/\s*réponses?",
    re.IGNORECASE,
)
_LAST_ABBREVIATED = word_set("jr. sr. m.p. ph.d. ret. esq.")
_LONGEST = 120
_MOST_WORDS = 16


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends as a spoken line does: with punctuation, inside quotation marks or not."""
    return text.rstrip("\"'”’»)] ").endswith((".", "!", "?", "…", ";", ":", ",", "-", "–", "—"))


def is_address(text: str) -> bool:
    """Tell whether a line greets or thanks somebody: "Ladies and Gentlemen", "Mr President"."""
    if _ADDRESS.match(text):
        return True
    words = [word.strip(".").lower() for word in _WORD.findall(text)]
    return bool(words) and words[0] in _COURTESY and all(word in ROLES for word in words[1:])


def is_fixed_label(text: str) -> bool:
    """Tell whether a line names somebody by what they do there: "Question from the audience", "Moderator"."""
    return text[:1].isupper() and _FIXED.fullmatch(text) is not None


def is_section(text: str) -> bool:
    """Tell whether a line only names the part of the event that follows: "Q&A"."""
    return _SECTION.fullmatch(text.rstrip(":")) is not None


def looks_like_name(text: str) -> bool:
    """Tell whether a text could be a speaker's name and title: short, every word of weight with a capital.

    "Rosa Balfour, Director Carnegie Europe" could; "War is brutal and ugly" and "Defence spending" could not.
    """
    plain = _BRACKETS.sub("", text[:_LONGEST])
    if len(text) > _LONGEST or not plain or re.search(r"[?!;:…“”„«»\"<>=*|/\\]", plain):
        return False
    pieces = plain.replace(",", " ").split()
    if not 0 < len(pieces) <= _MOST_WORDS:
        return False
    for piece in pieces:
        if not _WORD.fullmatch(piece) or (piece.endswith(".") and not _ABBREVIATED.fullmatch(piece)):
            return False
        if not (piece[0].isupper() or piece[0].isdecimal() or piece.lower() in _JOINING):
            return False
    first, last = pieces[0], pieces[-1]
    finished = last.endswith(".") and last.lower() not in _LAST_ABBREVIATED
    return (
        first[0].isupper() and first.lower() not in _NEVER_FIRST and not finished and not plain.endswith(",")
    )


def name_words(text: str) -> list[str]:
    """The words of a label, lower case, that are neither of an office nor small: those of the name itself."""
    words = [word for word in _WORD.findall(text) if word[0].isupper()]
    lower = [re.sub(r"['’]s?$", "", word).strip(".").lower() for word in words]
    return [word for word in lower if word not in ROLES and word not in _JOINING]


def has_role(text: str) -> bool:
    """Tell whether a label names an office: "Director", "President"."""
    return any(word.strip(".").lower() in ROLES for word in _WORD.findall(text))
