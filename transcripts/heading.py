"""Read the heading of a page: its title, the occasion, the date, and who is announced to speak.

A heading is there only if something says so: a line such as "Speech by ... at ...", a date, a list of page
data, "(As delivered)". Everything above the last of these is heading; without any, a first line is a title
only in quotation marks or when it is set apart and written like one. Plain rows of speech have no heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asdelivered.transcripts import labels
from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.dates import find_date, is_date_line
from asdelivered.transcripts.model import LineKind

_MOST_ROWS = 60
"""Rows that are looked at, blank ones included."""
_MOST_UNEXPLAINED = 4
"""Lines of a heading that nothing marks as one: the title, a subtitle, the name of the site."""
_LONGEST = 60
"""Words of such a line, and of an occasion."""

_KIND = (
    r"(?:speech|remarks|statement|address|keynote|press\s+(?:conference|briefing|point|statement)|briefing|doorstep|"
    r"interview|lecture|intervention|video\s+message|message|conversation|discussion|fireside\s+chat|toast|"
    r"testimony|rede|ansprache|pressekonferenz|erklärung|discours|allocution|déclaration|discurso|discorso|toespraak)"
)
_BY = r"(?:by|of|from|with|von|vom|der|des|par|du|de|da|del|door)"
_OCCASION = re.compile(
    rf"(?:[^\W\d_][\w'’-]*\s+){{0,5}}?{_KIND}\b(?:\s+[\w'’&,-]+){{0,6}}?\s+{_BY}\s+(?:(?:the|his|her|der|des|la|le)\s+)?"
    r"(?P<who>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_POSSESSIVE = re.compile(
    rf"(?P<who>\S.{{2,120}}?)['’]s?\s+(?:[\w-]+\s+){{0,3}}?{_KIND}\b.*", re.IGNORECASE | re.DOTALL
)
_KIND_ALONE = re.compile(rf"(?:[^\W\d_][\w'’-]*\s+){{0,3}}?{_KIND}s?", re.IGNORECASE)
_BY_LINE = re.compile(r"(?:by|with|von|par)\s+(?:(?:the|der|dem|la|le)\s+)?(?P<who>[^\W\d_].*)", re.DOTALL)
_DELIVERED = re.compile(
    r"\W*(?:as\s+(?:delivered|prepared|spoken|given|released)|check\s+against\s+deliver|embargo|transcript|"
    r"verbatim|es\s+gilt\s+das\s+gesprochene|seul\s+le\s+prononcé)",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"(?:date|time|venue|location|place|event|occasion|title|speakers?|topic|language|source|url|duration|author|"
    r"published|last\s+updated|updated|posted|datum|ort|lieu)\s*:\s*\S.*|https?://\S+",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•·▪‣●*]\s*")
_QUOTES = {"“": "”", '"': '"', "„": "“”", "«": "»", "‘": "’", "»": "«", "”": "”"}
_ENDS_WHO = re.compile(
    r"\s+(?:at|on|during|ahead\s+of|following|before|after|via|bei|beim|auf|anlässlich|lors|à\s+l|au|aux)\b|\s+[–—|-]\s|\s\(|\s*\|",
    re.IGNORECASE,
)
_MAY_END_WHO = re.compile(r"\s+(?:to|in|for|with|from|im|in|zum|zur|vor|devant|sur|pour)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """The heading of a page. `kinds` is what each of its rows is; the body begins at row `end`."""

    kinds: Mapping[int, LineKind]
    end: int
    title: str | None = None
    occasion: str | None = None
    date: date | None = None
    speaker: str | None = None


def read_heading(rows: Sequence[str], is_speaker: Callable[[int], bool]) -> Heading:
    """Read the heading of the page with these `rows`; one without any has no kinds and ends at row 0.

    `is_speaker` tells whether a row would be a speaker's label, were there no heading.
    """
    kinds = _marked_rows(rows)
    if not kinds:
        kinds = _title_only(rows, is_speaker)
    if not kinds:
        return Heading({}, 0)
    titles = [row for row, kind in kinds.items() if kind is LineKind.TITLE]
    title = next((row for row in titles if _unquoted(rows[row].strip())), titles[0] if titles else None)
    for row in titles:
        if row != title:
            kinds[row] = LineKind.METADATA
    occasions = [rows[row].strip() for row, kind in kinds.items() if kind is LineKind.OCCASION]
    occasion = " ".join(" ".join(occasions).split()) or None
    title_text = rows[title].strip() if title is not None else None
    return Heading(
        kinds,
        max(kinds) + 1,
        (_unquoted(title_text) or title_text) if title_text else None,
        occasion,
        _date([rows[row] for row in kinds]),
        speaker_of(occasion or title_text or ""),
    )


def speaker_of(occasion: str) -> str | None:
    """Who speaks, by a line such as "Speech by NATO Secretary General Mark Rutte at the Concert Noble"."""
    match = _OCCASION.match(occasion) or _BY_LINE.match(occasion) or _POSSESSIVE.fullmatch(occasion)
    if match is None:
        return None
    who = match["who"]
    if match.re is _POSSESSIVE:
        return who.strip() if labels.looks_like_name(who.strip()) else None
    end = _ENDS_WHO.search(who)
    who = who[: end.start()] if end else who
    # "Minister for Europe Jane Doe" goes on after "for"; "Jane Doe for the Forum" has its name before it.
    for end in _MAY_END_WHO.finditer(who):
        if len(labels.name_words(" ".join(who[: end.start()].split()[-2:]))) == 2:
            who = who[: end.start()]
            break
    name, comma, rest = who.partition(",")
    while comma and rest:
        part, following, after = rest.partition(",")
        if not labels.has_role(part):
            break
        name, comma, rest = f"{name},{part}", following, after
    name = name.strip(" ,.:")
    return name if name[:1].isalpha() and len(name) <= 150 else None


def _marked_rows(rows: Sequence[str]) -> dict[int, LineKind]:
    """The rows of the heading, up to the last line that can only be one; none where there is no such line."""
    kinds: dict[int, LineKind] = {}
    last = -1
    unexplained = 0
    for row, source in enumerate(rows[:_MOST_ROWS]):
        text = source.strip()
        if not text:
            continue
        kind = _marked_kind(text, _before(rows, row))
        if kind:
            last = row
        elif not any(map(str.isalnum, text)):
            kind = LineKind.METADATA if _BULLET.match(text) and "|" in text else LineKind.SEPARATOR
        elif is_note(text):
            kind = LineKind.NOTE
        else:
            first = unexplained == 0 and LineKind.TITLE not in kinds.values()
            unexplained += 1
            too_long = len(text.split()) > _LONGEST
            spoken = labels.ends_sentence(text) and not first
            if unexplained > _MOST_UNEXPLAINED or too_long or spoken or labels.is_address(text):
                break
            kind = LineKind.TITLE if LineKind.OCCASION not in kinds.values() else LineKind.METADATA
        kinds[row] = kind
    for row in sorted(kinds):
        if (
            kinds[row] is LineKind.TITLE
            and _KIND_ALONE.fullmatch(rows[row].strip())
            and _goes_on(rows, row, kinds)
        ):
            kinds[row] = LineKind.OCCASION
    place = last + 1
    if place in kinds and kinds.get(last) is LineKind.METADATA and _is_place(rows, place):
        kinds[place] = LineKind.METADATA
        last = place
    return {row: kind for row, kind in kinds.items() if row <= last}


def _goes_on(rows: Sequence[str], row: int, kinds: Mapping[int, LineKind]) -> bool:
    """Tell whether "Speech" is followed by its "by ..." on a line of its own."""
    following = next((below for below in sorted(kinds) if below > row), None)
    return following is not None and _BY_LINE.fullmatch(rows[following].strip()) is not None


def _is_place(rows: Sequence[str], row: int) -> bool:
    """Tell whether a line right below the date is the place: a name, and a blank line after it."""
    return labels.looks_like_name(rows[row].strip()) and not "".join(rows[row + 1 : row + 2]).strip()


def _before(rows: Sequence[str], row: int) -> str:
    """The last line above that is not blank."""
    return next((rows[above].strip() for above in range(row - 1, -1, -1) if rows[above].strip()), "")


def _marked_kind(text: str, above: str) -> LineKind | None:
    """What a line is that only a heading has; None for all others."""
    content = _BULLET.sub("", text, count=1)
    if _DATA.fullmatch(content) or is_date_line(content):
        return LineKind.METADATA
    if _DELIVERED.match(text) and len(text.split()) <= (12 if is_note(text) else 6):
        return LineKind.NOTE
    if labels.ends_sentence(text) or len(text.split()) > _LONGEST:
        return None
    occasion = _OCCASION.match(text)
    if occasion and text[0].isupper() and occasion["who"][0].isupper():
        return LineKind.OCCASION
    by_line = _BY_LINE.fullmatch(text)
    if by_line and by_line["who"][0].isupper() and above and not labels.ends_sentence(above):
        return LineKind.OCCASION
    return None


def _title_only(rows: Sequence[str], is_speaker: Callable[[int], bool]) -> dict[int, LineKind]:
    """The title, where the page has no other heading: a first line that is set apart and is no speech."""
    filled = [row for row, text in enumerate(rows) if text.strip()]
    if len(filled) < 2 or filled[1] == filled[0] + 1 or is_speaker(filled[0]):
        return {}
    text = rows[filled[0]].strip()
    quoted = _unquoted(text)
    speech = labels.ends_sentence(text) or labels.is_address(text) or not any(map(str.isalnum, text))
    if speech or is_note(text) or len(text.split()) > _LONGEST:
        return {}
    finished = sum(labels.ends_sentence(rows[row].strip()) for row in filled[1:])
    like_title = len(text.split()) >= 2 and labels.looks_like_name(text.replace(":", ""))
    if (
        quoted
        or is_speaker(filled[1])
        or (like_title and len(filled) > 3 and finished >= 0.8 * (len(filled) - 1))
    ):
        return {filled[0]: LineKind.TITLE}
    return {}


def _unquoted(text: str) -> str | None:
    """A text that stands in quotation marks as a whole, without them."""
    if len(text) < 3 or text[-1] not in _QUOTES.get(text[0], ""):
        return None
    inside = text[1:-1].strip()
    return inside if inside and text[0] not in inside else None


def _date(lines: Sequence[str]) -> date | None:
    """The date of the event, not that of the page's last change if there is another."""
    changed = re.compile(r"updated|published|posted", re.IGNORECASE)
    for line in sorted(lines, key=lambda line: bool(changed.search(line))):
        found = find_date(line)
        if found:
            return found
    return None
