"""Read the heading of a page: its title, occasion, place and date, and the speaker it announces.

A page has a heading only if there is evidence: a line such as "Speech by ... at ...", a date, a list of page data,
"(As delivered)", a marked title. Everything above the last of these belongs to the heading. Without any, a first line
is a title only if it is in quotation marks, or set apart and written like a title. Plain speech has no heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asdelivered.transcripts.brackets import is_note
from asdelivered.transcripts.document import Row
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.structure.dates import find_date, is_date_line
from asdelivered.transcripts.structure.names import has_role, is_address, looks_like_name
from asdelivered.transcripts.structure.occasion import (
    begins_with_kind,
    delivery_of,
    is_by_line,
    is_data_key,
    is_data_line,
    is_event_kind,
    is_event_without_case,
    is_introduction,
    is_occasion,
    is_publisher,
    is_record_title,
    is_timestamp,
    is_transcript_title,
    names_event,
    place_of,
    speaker_of,
)
from asdelivered.transcripts.structure.participants import is_participant, participants_of, people_below_key
from asdelivered.transcripts.structure.phrases import ends_sentence
from asdelivered.transcripts.structure.procedure import is_procedure
from asdelivered.transcripts.structure.unspoken import TIME_FIRST

_MOST_ROWS = 60
"""How many rows are looked at, including blank ones."""
_MOST_OF_NAME = 4
"""Words of a name."""
_MOST_UNEXPLAINED = 4
"""Lines of a heading without any mark: the title, a subtitle, the name of the site."""
_MOST_TIMED = 0.5
"""A share of the paragraphs. Where as many begin with a time, what is above the first of them is a heading."""
_FEWEST_TIMES = 2
"""Lines that are only a time. As many are times in the recording, and show no heading."""
_FEWEST_REPEATED = 4
"""Words of a line that says again what is above it."""
_LONGEST = 60
"""Words of such a line, or of an occasion."""

_BULLET = re.compile(r"[•·▪‣●*]\s*")
_QUOTES = {"“": "”", '"': '"', "„": "“”", "«": "»", "‘": "’", "»": "«", "”": "”"}

_VERSION = re.compile(
    r"(?:final|corrected|uncorrected|preliminary|draft|unedited)\s+(?:version|transcript|report)|"
    r"version\s+(?:finale|définitive|préliminaire|provisoire|estenográfica|corregida)|compte\s+rendu\s+provisoire|"
    r"versi[óo]n\s+(?:final|provisional|preliminar)|vorläufige\s+fassung|versione\s+(?:definitiva|provvisoria)",
    re.IGNORECASE,
)
"""Which state of a record this is."""


@dataclass(frozen=True)
class Heading:
    """The heading of a page. `kinds` says what each of its rows is; the body begins at row `end`."""

    kinds: Mapping[int, LineKind]
    end: int
    title: str | None = None
    occasion: str | None = None
    place: str | None = None
    date: date | None = None
    speaker: str | None = None
    people: tuple[str, ...] = ()
    """Names of others it lists as present."""


def read_heading(rows: Sequence[Row], is_speaker: Callable[[int], bool]) -> Heading:
    """Read the heading of the page with these `rows`; where there is none, it has no kinds and ends at row 0.

    `is_speaker` says whether a row would be a speaker's label if there were no heading.
    """
    texts = [row.content for row in rows[: _MOST_ROWS + 1]]
    kinds = _marked_rows(rows, texts)
    if not kinds:
        contents = [row.content for row in rows]
        kinds = _title_only(contents, is_speaker) or _above_times(contents)
    if not kinds:
        return Heading({}, 0)
    title = _title(kinds, rows, texts)
    if title is not None and is_publisher(texts[title]):
        title = next((row for row in sorted(kinds) if names_event(texts[row])), title)
        kinds[title] = LineKind.TITLE
    for row in [row for row, kind in kinds.items() if kind is LineKind.TITLE and row != title]:
        kinds[row] = LineKind.METADATA
    occasions = [texts[row] for row, kind in kinds.items() if kind is LineKind.OCCASION]
    occasion = " ".join(" ".join(occasions).split()) or None
    title_text = " ".join(texts[title].split()) if title is not None else None
    data = [texts[row] for row, kind in kinds.items() if kind is LineKind.METADATA]
    said_by = next((who for text in (occasion or title_text or "", *data) if (who := speaker_of(text))), None)
    event = _event_below_name(kinds, texts, title) if said_by is None and occasion is None else None
    if event is not None and title is not None:
        said_by, title_text = title_text, " ".join(texts[event].split())
        kinds[title], kinds[event] = LineKind.METADATA, LineKind.TITLE
    return Heading(
        kinds,
        max(kinds) + 1,
        (_unquoted(title_text) or title_text) if title_text else None,
        occasion,
        place_of(data, occasion or title_text),
        _date([texts[row] for row in kinds]),
        said_by,
        tuple(participants_of(data)),
    )


def _event_below_name(kinds: Mapping[int, LineKind], texts: Sequence[str], title: int | None) -> int | None:
    """Return the row with what was held, where a name and an office stand above: "Ann Hill", "Minister", "Speech"."""
    below = [row for row in sorted(kinds) if title is not None and row > title and texts[row]][:3]
    if title is None or len(below) < 2 or not 2 <= len(texts[title].split()) <= _MOST_OF_NAME:
        return None
    office, *events = below
    named = looks_like_name(texts[title]) and not has_role(texts[title]) and not names_event(texts[title])
    if not (named and has_role(texts[office]) and not names_event(texts[office])):
        return None
    return next((row for row in events if begins_with_kind(texts[row]) and not find_date(texts[row])), None)


def _title(kinds: Mapping[int, LineKind], rows: Sequence[Row], texts: Sequence[str]) -> int | None:
    """Return the row of the title: the one marked as such, else one in quotation marks, else the first."""
    titles = [row for row, kind in kinds.items() if kind is LineKind.TITLE]
    marked = next((row for row in titles if rows[row].heading == 1), None)
    quoted = next((row for row in titles if _unquoted(texts[row])), None)
    return next((row for row in (marked, quoted, *titles[:1]) if row is not None), None)


def _marked_rows(rows: Sequence[Row], texts: Sequence[str]) -> dict[int, LineKind]:
    """Return the rows down to the last line that only a heading has; none where there is no such line."""
    kinds: dict[int, LineKind] = {}
    last = -1
    unexplained = 0
    titled = False
    listed = people_below_key(texts[:_MOST_ROWS])
    timed = sum(map(is_timestamp, texts[:_MOST_ROWS])) >= _FEWEST_TIMES
    for row, text in enumerate(texts[:_MOST_ROWS]):
        if not text or rows[row].kind or (timed and is_timestamp(text)):
            continue
        kind = _marked_kind(text, _before(texts, row))
        if kind is None and titled and (is_data_key(text) or is_data_key(_before(texts, row))):
            kind = LineKind.METADATA
        if kind is None and row in listed:
            kind = LineKind.METADATA
        top = rows[row].heading == 1 or (
            rows[row].heading > 1 and not titled and not unexplained and last >= 0
        )
        if kind is LineKind.OCCASION and _repeats(text, [texts[above] for above in kinds], texts):
            kind = LineKind.METADATA
        if top and kind is not LineKind.OCCASION and not _VERSION.fullmatch(text):
            kind = LineKind.TITLE
            titled = True
        elif (kind is None and _repeats(text, [texts[above] for above in kinds if above <= last], texts)) or (
            kind is None and (titled or LineKind.OCCASION in kinds.values()) and _is_dated(text)
        ):
            kind = LineKind.METADATA
        if kind:
            last = row
        elif not any(map(str.isalnum, text)):
            kind = LineKind.METADATA if _BULLET.match(text) and "|" in text else LineKind.SEPARATOR
        elif is_note(text) or (ends_sentence(text) and is_procedure(text.lstrip("- "))):
            kind = LineKind.NOTE
        elif is_participant(text):
            kind = LineKind.METADATA
        else:
            first = unexplained == 0 and LineKind.TITLE not in kinds.values()
            unexplained += 1
            too_long = len(text.split()) > _LONGEST
            below = texts[row + 1 : row + 4]
            summary = titled and any(is_data_key(text) or is_data_line(text) for text in below)
            # A summary between a title in quotation marks and the date.
            summary = summary or (
                any(_unquoted(texts[above]) for above in kinds) and any(map(is_date_line, below))
            )
            spoken = ends_sentence(text) and not first and not summary
            if unexplained > _MOST_UNEXPLAINED or too_long or spoken or is_address(text):
                break
            kind = LineKind.TITLE if LineKind.OCCASION not in kinds.values() else LineKind.METADATA
        kinds[row] = kind
    for row in sorted(kinds):
        if kinds[row] is LineKind.TITLE and is_event_kind(texts[row]) and _goes_on(texts, row, kinds):
            kinds[row] = LineKind.OCCASION
    place = next((row for row in range(last + 1, len(texts)) if texts[row]), last)
    if place in kinds and kinds.get(last) is LineKind.METADATA and _is_place(texts, place, last):
        kinds[place] = LineKind.METADATA
        last = place
    return {row: kind for row, kind in kinds.items() if row <= last}


def _repeats(text: str, above: Sequence[str], texts: Sequence[str]) -> bool:
    """Return whether a line says again what a line above it says, which may say more: "Speech ... | The Port".

    What a page says three times is no heading: it may be a chorus.
    """
    repeated = len(text.split()) >= _FEWEST_REPEATED and any(line.startswith(text) for line in above)
    return repeated and texts.count(text) <= 2


def _is_dated(text: str) -> bool:
    """Return whether a line below the title gives the date among other words."""
    return find_date(text) is not None and len(text.split()) <= 12 and not ends_sentence(text)


def _goes_on(texts: Sequence[str], row: int, kinds: Mapping[int, LineKind]) -> bool:
    """Return whether a "by ..." on a line of its own follows "Speech"."""
    following = next((below for below in sorted(kinds) if below > row), None)
    return following is not None and is_by_line(texts[following])


def _is_place(texts: Sequence[str], row: int, date: int) -> bool:
    """Return whether a line below the date is the place: a name right below or in two parts, then a blank line."""
    near = row == date + 1 or ("," in texts[row] and not has_role(texts[row]))
    return near and looks_like_name(texts[row]) and not "".join(texts[row + 1 : row + 2])


def _before(texts: Sequence[str], row: int) -> str:
    """Return the last line above that is not blank, or ""."""
    return next((texts[above] for above in range(row - 1, -1, -1) if texts[above]), "")


def _marked_kind(text: str, above: str) -> LineKind | None:
    """Return the kind of a line that only a heading has; None for any other line."""
    if _VERSION.fullmatch(text):
        return LineKind.NOTE
    if is_transcript_title(text) or is_event_without_case(text):
        return LineKind.TITLE
    content = _BULLET.sub("", text, count=1)
    parts = re.split(r"\s[–—|-]\s", content)
    dated = find_date(content) is not None
    if is_data_line(content) or all(
        is_date_line(part) or delivery_of(part) or (dated and is_event_kind(part)) for part in parts
    ):
        dated = dated or is_data_line(content) or any(map(is_date_line, parts))
        return LineKind.METADATA if dated else LineKind.NOTE
    if is_record_title(text):
        return LineKind.TITLE
    if delivery_of(text):
        return LineKind.NOTE if all(map(_is_about_delivery, parts)) else LineKind.TITLE
    if is_introduction(text):
        return LineKind.METADATA
    if dated and is_occasion(text.rstrip(".")) and len(text.split()) <= _LONGEST:
        return LineKind.OCCASION
    if ends_sentence(text) or len(text.split()) > _LONGEST:
        return None
    if is_occasion(text):
        return LineKind.OCCASION
    if dated and is_participant(text):
        return LineKind.METADATA
    if find_date(text) and all(
        is_date_line(part) or is_by_line(part) for part in re.split(r"\s[–—|-]\s", text)
    ):
        return LineKind.METADATA
    if is_by_line(text) and not text.startswith("By") and above and not ends_sentence(above):
        return LineKind.OCCASION
    return None


def _is_about_delivery(text: str) -> bool:
    """Return whether a part of a line says how the text was delivered, when, or at what kind of event."""
    return delivery_of(text) is not None or is_date_line(text) or is_event_kind(text) or not text.strip()


def _title_only(texts: Sequence[str], is_speaker: Callable[[int], bool]) -> dict[int, LineKind]:
    """Return the title of a page without any other heading: a first line that is set apart and is not speech."""
    filled = [row for row, text in enumerate(texts) if text]
    if len(filled) < 2 or filled[1] == filled[0] + 1 or is_speaker(filled[0]):
        return {}
    text = texts[filled[0]]
    quoted = _unquoted(text)
    speech = ends_sentence(text) or is_address(text) or not any(map(str.isalnum, text))
    if speech or is_note(text) or len(text.split()) > _LONGEST:
        return {}
    finished = sum(ends_sentence(texts[row]) for row in filled[1:])
    like_title = len(text.split()) >= 2 and looks_like_name(text.replace(":", ""))
    if (
        quoted
        or is_speaker(filled[1])
        or (like_title and len(filled) > 3 and finished >= 0.8 * (len(filled) - 1))
    ):
        return {filled[0]: LineKind.TITLE}
    return {}


def _above_times(texts: Sequence[str]) -> dict[int, LineKind]:
    """Return the title, and what else is above the first paragraph, where most paragraphs begin with a time."""
    filled = [row for row, text in enumerate(texts) if text]
    first = next((at for at, row in enumerate(filled) if TIME_FIRST.match(f"{texts[row]} ")), 0)
    timed = sum(TIME_FIRST.match(texts[row]) is not None for row in filled)
    above = filled[: min(first, _MOST_UNEXPLAINED + 1)]
    spoken = first > _MOST_UNEXPLAINED or any(ends_sentence(texts[row]) for row in above)
    if spoken or timed < max(_FEWEST_REPEATED, _MOST_TIMED * len(filled)):
        return {}
    return {row: LineKind.TITLE if at == 0 else LineKind.METADATA for at, row in enumerate(above)}


def _unquoted(text: str) -> str | None:
    """Return a text that is in quotation marks as a whole, without them; None for any other text."""
    if len(text) < 3 or text[-1] not in _QUOTES.get(text[0], ""):
        return None
    inside = text[1:-1].strip()
    return inside if inside and text[0] not in inside else None


def _date(lines: Sequence[str]) -> date | None:
    """Return the date of the event, or that of the page's last change if there is no other."""
    changed = re.compile(r"updated|published|posted", re.IGNORECASE)
    for line in sorted(lines, key=lambda line: bool(changed.search(line))):
        found = find_date(line)
        if found:
            return found
    return None
