"""The structure of a page: what each line is, and who speaks it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import takewhile

from asdelivered.transcripts.brackets import is_note, is_stage_direction
from asdelivered.transcripts.document import Document, Row, Style
from asdelivered.transcripts.invisible import with_plain_blanks
from asdelivered.transcripts.languages import rules_of
from asdelivered.transcripts.model import Line, LineKind, Token, TokenKind, Turn
from asdelivered.transcripts.spoken.lines import OrdinaryWords, speak
from asdelivered.transcripts.structure.contents import find_contents
from asdelivered.transcripts.structure.corrections import Corrections
from asdelivered.transcripts.structure.doubts import left_open
from asdelivered.transcripts.structure.footnotes import find_footnotes
from asdelivered.transcripts.structure.front_matter import is_italic, with_front_matter
from asdelivered.transcripts.structure.heading import Heading, read_heading
from asdelivered.transcripts.structure.headings import find_headings, find_loose_headings
from asdelivered.transcripts.structure.interludes import find_interludes
from asdelivered.transcripts.structure.occasion import delivery_of, is_data_line, is_time_of_day, is_timestamp
from asdelivered.transcripts.structure.offices import find_offices
from asdelivered.transcripts.structure.page_heads import find_page_heads
from asdelivered.transcripts.structure.participants import find_attendance, listed_participants
from asdelivered.transcripts.structure.phrases import ends_sentence, is_button, is_section, may_be_section
from asdelivered.transcripts.structure.procedure import (
    begins_contacts,
    has_leader,
    is_procedure,
    may_be_procedure,
)
from asdelivered.transcripts.structure.speakers.known_speakers import KnownSpeakers
from asdelivered.transcripts.structure.speakers.label_shapes import MOST_ALIKE, Label
from asdelivered.transcripts.structure.speakers.labels import find_labels, given_labels
from asdelivered.transcripts.structure.speakers.questions import find_questions
from asdelivered.transcripts.structure.speakers.run_on_turns import part_turns
from asdelivered.transcripts.structure.speakers.titled_parts import DASHES, bare_rows, without_parts
from asdelivered.transcripts.structure.unspoken import (
    TIME_FIRST,
    begins_with_times,
    heard_words,
    unspoken_spans,
    without_line_numbers,
)

_LETTER = re.compile(r"[^\W_]")
_CONTACT = re.compile(r"\S@\S+\.\w|(?:phone|tel|fax|email|e-mail)\b\.?:?\s*\S|https?://|www\.", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_SPEECH_NUMBER = re.compile(r"\d{1,2}-\d{2,4}(?:-\d{3,4})?")
_RECORDING_ENDS = re.compile(r"[^\W\d_].{1,60}\s(?:stopped|ended)\s(?:the\s)?(?:transcription|recording)")
_VENUE = re.compile(r"(?:At|Before)\s+(?:the\s+)?(?=\S)")
_INITIALS = re.compile(r"\b[A-Z]\.\s?[A-Z]\.$")
"""An ending that ends no sentence: "Washington, D.C."."""
_LONGEST_DASHED = 6
"""Words of a stage direction after a dash."""
_LONGEST_VENUE = 40
"""Words."""
_PARTICIPANTS = re.compile(r"(?:conference\s+)?(?:call|company|corporate)\s+participants:?", re.IGNORECASE)
_MOST_PARTICIPANTS = 80
_FIRST_ROWS = 400
_LONGEST_SECTION = 80
"""Characters of a line that names a part of the event or gives a time."""
_MOST_BELOW = 12
"""Lines below the text."""
_FEWEST_TIMES = 2
"""Times in words below times in figures."""


@dataclass(frozen=True)
class Page:
    """A page taken apart. The `source` of all lines of all turns, joined, is the whole text."""

    heading: Heading
    turns: tuple[Turn, ...]


@dataclass
class _Group:
    """The lines of a turn while it is being gathered."""

    speaker: str | None
    lines: list[Line] = field(default_factory=list)


def read_page(document: Document, language: str, corrections: Corrections | None = None) -> Page:
    """Take a document apart: every character goes into a line, every line into a turn.

    A line's id is "L" and its number, from L0001. Where a line begins with the speaker's label ("Moderator: Thank
    you."), the label is a line of its own, with an "s" after the number. Turns are numbered from T001: first whatever
    comes before anyone speaks, then one for each label. Speech before the first label is by the speaker whom the
    heading announces.
    """
    corrections = corrections or Corrections()
    alone: frozenset[int] = frozenset()
    if not (document.cues or document.speakers_named):
        rows, alone = part_turns(document.rows)
        document = replace(document, rows=rows)
    rows = document.rows
    if begins_with_times(rows):
        corrections = corrections.with_unspoken(TIME_FIRST)
    shown = replace(document, rows=without_line_numbers(with_plain_blanks(rows)))
    kinds, labels, heading, end, bare = _structure(shown, corrections)
    labels |= {row: replace(labels[row], sure=False) for row in alone & labels.keys()}
    named = document.cues or document.speakers_named
    questions = frozenset() if named else find_questions(shown.rows, end, {*kinds, *labels})
    loose = {} if named else find_loose_headings(shown.rows, labels, kinds, end)
    loose |= dict.fromkeys(bare - kinds.keys(), LineKind.HEADING)
    kinds |= loose
    special = range(len(rows)) if corrections.unspoken else {*kinds, *labels, *questions}
    ordinary = OrdinaryWords(language)
    rules = rules_of(language)
    asked = False
    groups: list[_Group] = []
    for number, row in enumerate(rows):
        label = labels.get(number)
        if label:
            groups.append(_Group(" ".join(label.speaker.split()) if label.speaker else None))
        tokens = None if number in special else _ordinary_tokens(row, ordinary)
        if tokens is None:
            lines = _lines_of(number, row, label, kinds, language, corrections)
            if number in loose and lines[0].kind in (LineKind.HEADING, LineKind.NOTE):
                lines = [left_open(lines[0], language)]
        else:
            lines = [Line(f"L{number + 1:04}", LineKind.SPOKEN, row.text, tokens)]
            if len(groups) > 1 and not asked and not document.speakers_named:
                groups[-1].lines += lines
                continue
        spoken = lines[-1].kind is LineKind.SPOKEN
        if label:
            asked = False
        elif number in questions:
            groups.append(_Group(rules.question))
            asked = True
        elif asked and spoken:
            groups.append(_Group(heading.speaker or rules.answer))
            asked = False
        if not groups or (spoken and _begins_turn(groups, row, document, heading, number >= end)):
            speaker = row.speaker if document.speakers_named else heading.speaker
            groups.append(_Group(speaker if spoken and number >= end else None))
        groups[-1].lines.extend(lines)
    turns = (
        Turn(f"T{number:03}", corrections.name_of(group.speaker), tuple(group.lines))
        for number, group in enumerate(groups, 1)
    )
    return Page(heading, tuple(turns))


def _begins_turn(
    groups: Sequence[_Group], row: Row, document: Document, heading: Heading, in_body: bool
) -> bool:
    """Return whether speech without a label begins a turn."""
    if document.speakers_named:
        spoke = any(line.kind is LineKind.SPOKEN for line in groups[-1].lines)
        return row.speaker != groups[-1].speaker and (spoke or row.speaker is not None)
    first = len(groups) == 1 and groups[0].speaker is None
    return in_body and first and heading.speaker is not None


def _structure(
    document: Document, corrections: Corrections
) -> tuple[dict[int, LineKind], dict[int, Label], Heading, int, frozenset[int]]:
    """Return what only the whole page shows: kinds of rows, labels, the heading, and the row where the body begins.

    Last come the rows that look like labels and are none, so that they are rather headings than speech.
    """
    rows = document.rows
    named = document.cues or document.speakers_named
    heads = {} if named else find_page_heads(rows)
    # Furniture is left out here, so that it separates nothing.
    body = [
        number
        for number, row in enumerate(rows)
        if row.kind is not LineKind.FURNITURE and number not in heads
    ]
    inner = [rows[number] for number in body]
    offices = {} if named else find_offices(inner) | find_contents(inner) | find_attendance(inner)
    for row, kind in offices.items():
        inner[row] = replace(inner[row], kind=kind)
    speakers = KnownSpeakers(confirmed=corrections.labels)
    if named:
        heading = Heading({}, 0)
        found = given_labels(inner, 0) if document.speakers_named else find_labels(inner, 0, speakers)
    else:
        # Only the first rows can be a heading, so only their labels are needed yet.
        provisional = find_labels(inner[:_FIRST_ROWS], 0, speakers)
        # The format may say where somebody begins to speak: no heading goes beyond that.
        begins = next((at for at, row in enumerate(inner) if row.kind is LineKind.SPEAKER), len(inner))
        above = inner[:begins]
        heading = read_heading(above, provisional.__contains__)
        listed = listed_participants([row.content for row in inner[:_FIRST_ROWS]])
        speakers = speakers.with_names([heading.speaker or "", *heading.people, *listed])
        found = without_parts(inner, find_labels(inner, heading.end, speakers), document.speakers)
        longer = with_front_matter(heading, inner, found)
        if (
            longer.end > heading.end and len(inner) <= _FIRST_ROWS
        ):  # on a short page, the heading hides a dialogue
            below = without_parts(inner, find_labels(inner, longer.end, speakers), document.speakers)
            found = below if len(below) > sum(row >= longer.end for row in found) else found
        heading = longer
        if heading.speaker is None and _is_only_speaker(document.speakers, found):
            heading = replace(heading, speaker=document.speakers[0])
    bare = frozenset() if named else bare_rows(inner, found)
    bare = frozenset(row for row in bare if not speakers.is_confirmed(found[row].speaker or ""))
    lost = [row for row in bare if found[row].length >= len(inner[row].content)]
    found = {row: label for row, label in found.items() if row not in bare}
    found = {row: label for row, label in found.items() if not corrections.forbids(label.speaker)}
    kinds = heads | {body[row]: kind for row, kind in heading.kinds.items()}
    kinds |= {body[row]: kind for row, kind in offices.items() if kind is not LineKind.SPEAKER}
    caption = next((row for row in range(heading.end, len(inner)) if inner[row].content), None)
    if (
        caption is not None
        and caption not in found
        and _is_photo_caption(inner[caption].content, heading.speaker)
    ):
        kinds[body[caption]] = LineKind.NOTE
    notes = find_footnotes(inner[heading.end :])
    kinds |= {body[row + heading.end]: kind for row, kind in notes.items()}
    venue = _venue(inner, heading, found)
    if venue is not None:
        kinds[body[venue]] = LineKind.METADATA
        heading = replace(heading, place=_VENUE.sub("", inner[venue].content))
    if heading.place and any(_is_whose(heading.place, label.speaker) for label in found.values()):
        heading = replace(heading, place=None)
    labels = {body[row]: label for row, label in found.items() if body[row] not in kinds}
    end = body[heading.end] if heading.end < len(body) else len(rows)
    kinds |= _rows_below(rows, {*kinds, *labels}, end)
    labels = {row: label for row, label in labels.items() if row not in kinds}
    kinds |= {
        row: LineKind.FURNITURE
        for row, shown in enumerate(rows)
        if is_button(shown.text.strip()) and row not in kinds and row not in labels and not shown.kind
    }
    kinds |= {
        row: kind
        for row, kind in find_interludes(rows, labels).items()
        if row not in kinds and row not in labels
    }
    kinds |= find_headings(rows, {*kinds, *labels}, end)
    kinds |= _times_in_words(rows, {*kinds, *labels})
    kinds |= _numbers_of_speeches(rows, labels)
    headings = frozenset(
        body[row] for row in lost if row >= heading.end and not inner[row].content.endswith(DASHES)
    )
    return kinds, labels, heading, end if heading.end else 0, headings


def _is_only_speaker(stated: Sequence[str], found: Mapping[int, Label]) -> bool:
    """Return whether one person speaks alone, but for questions and answers that only a letter marks."""
    return len(stated) == 1 and all(len(label.speaker or "") <= 1 for label in found.values())


def _is_photo_caption(text: str, speaker: str | None) -> bool:
    """Return whether the first row below a heading tells what its speaker does: "Secretary General Olde addresses"."""
    if not speaker or not text.startswith(f"{speaker} ") or ends_sentence(text):
        return False
    return text[len(speaker) :].split()[0].islower()


def _is_whose(place: str, speaker: str | None) -> bool:
    """Return whether what stands beside the date is a speaker's name, not a place."""
    return speaker is not None and place.casefold() == speaker.partition(",")[0].casefold()


def _venue(rows: Sequence[Row], heading: Heading, found: Mapping[int, Label]) -> int | None:
    """Return the row with the place right below the speaker's name, where that name belongs to a dated heading."""
    first = min(found, default=None)
    if first is None or heading.date is None or any(row.content for row in rows[heading.end : first]):
        return None
    below = next((row for row in range(first + 1, len(rows)) if rows[row].content), None)
    if below is None or below in found or found[first].length < len(rows[first].text):
        return None
    text = rows[below].content
    finished = ends_sentence(text) and not _INITIALS.search(text)
    is_place = _VENUE.match(text) and not finished and len(text.split()) <= _LONGEST_VENUE
    return below if is_place else None


def _rows_below(rows: Sequence[Row], taken: set[int], end: int) -> dict[int, LineKind]:
    """Return the kinds of the rows below the text: contacts, related links, data about the page."""
    filled = [
        number
        for number in range(len(rows) - 1, end - 1, -1)
        if rows[number].content and not rows[number].kind
    ]
    for place, number in enumerate(filled[: min(_MOST_BELOW, len(filled) // 2)]):
        if number in taken:
            break
        if place == 0 and (
            _RECORDING_ENDS.fullmatch(rows[number].content) or rows[number].content.startswith("NOTE:")
        ):
            return {number: LineKind.NOTE}
        if begins_contacts(rows[number].content):
            above = takewhile(lambda row: begins_contacts(rows[row].content), filled[place + 1 :])
            contacts = [*filled[: place + 1], *above]
            return dict.fromkeys(contacts, LineKind.FURNITURE) | _page_data(rows, filled[len(contacts) :])
    return _participants_below(rows, filled) or _rows_after_rule(rows, end) or _page_data(rows, filled)


def _participants_below(rows: Sequence[Row], filled: Sequence[int]) -> dict[int, LineKind]:
    """Return the rows of a list of those who took part that comes below the text, and of data right above it."""
    for place, number in enumerate(filled[: min(_MOST_PARTICIPANTS, len(filled) // 2)]):
        text = rows[number].content
        if _PARTICIPANTS.fullmatch(text):
            data = takewhile(lambda row: is_data_line(rows[row].content), filled[place + 1 :])
            return dict.fromkeys([*filled[: place + 1], *data], LineKind.METADATA)
        if ends_sentence(text):
            break
    return {}


def _rows_after_rule(rows: Sequence[Row], end: int) -> dict[int, LineKind]:
    """Return the kinds of the rows below the last rule: notes in italics, or an address, without a sentence."""
    tail: list[int] = []
    for number in range(len(rows) - 1, end, -1):
        row, text = rows[number], rows[number].content
        if not text or row.kind is LineKind.FURNITURE:
            continue
        if not any(map(str.isalnum, text)):
            if tail and all(is_italic(rows[at]) for at in tail):
                return dict.fromkeys(tail, LineKind.NOTE)
            contact = any(_CONTACT.search(rows[at].content) for at in tail)
            return dict.fromkeys(tail, LineKind.FURNITURE) if contact else {}
        if row.kind or len(tail) == _MOST_BELOW or (ends_sentence(text) and not is_italic(row)):
            return {}
        tail.append(number)
    return {}


def _page_data(rows: Sequence[Row], filled: Sequence[int]) -> dict[int, LineKind]:
    """Return the kinds of the rows below the text with data about the page; `filled` are its rows from the end up.

    A last paragraph is by the editors too, if it alone is in italics.
    """
    if filled and is_italic(rows[filled[0]]) and sum(is_italic(rows[number]) for number in filled) == 1:
        return {filled[0]: LineKind.NOTE}
    tail = takewhile(lambda number: rows[number].heading or is_data_line(rows[number].content), filled)
    return {number: LineKind.METADATA for number in tail if not rows[number].heading}


def _numbers_of_speeches(rows: Sequence[Row], labels: Mapping[int, Label]) -> dict[int, LineKind]:
    """Return the rows with nothing but the number of the speech below them: "2-013-0000"."""
    found = {}
    for label in labels:
        above = next((row for row in range(label - 1, -1, -1) if rows[row].content), None)
        if above is not None and _SPEECH_NUMBER.fullmatch(rows[above].content):
            found[above] = LineKind.METADATA
    return found


def _times_in_words(rows: Sequence[Row], taken: set[int]) -> dict[int, LineKind]:
    """Return the rows that say in words the time right above them: "1:05", then "1 minute, 5 seconds"."""
    said = [
        number
        for number in range(1, len(rows))
        if number not in taken
        and rows[number].text[:1].isdecimal()
        and is_timestamp(rows[number - 1].content)
        and _says_time(rows[number].content, rows[number - 1].content)
    ]
    times = sum(is_timestamp(row.content) for row in rows) if said else 0
    return dict.fromkeys(
        said if len(said) >= max(_FEWEST_TIMES, MOST_ALIKE * times) else [], LineKind.METADATA
    )


def _says_time(text: str, time: str) -> bool:
    if not text[-1].isalpha():  # a sentence
        return False
    numbers = [int(number) for number in re.findall(r"\d+", time)]
    words = re.findall(r"[^\W\d_]+", text)
    said = [int(number) for number in re.findall(r"\d+", text)]
    return said == ([number for number in numbers if number] or [0]) and len(words) <= 2 * len(said)


def _ordinary_tokens(row: Row, ordinary: OrdinaryWords) -> tuple[Token, ...] | None:
    """Return the tokens of a row of ordinary speech, as most rows are; None for a row that needs a closer look."""
    if row.kind or row.marks:
        return None
    words = row.text.split()
    if not words or _may_begin_note(words[0], words[1] if len(words) > 1 else "") or "sworn" in row.text:
        return None
    return ordinary.speak(words)


@lru_cache(maxsize=65536)
def _may_begin_note(first: str, second: str) -> bool:
    return may_be_section(first) or may_be_procedure(first, second)


def _lines_of(
    number: int,
    row: Row,
    label: Label | None,
    kinds: Mapping[int, LineKind],
    language: str,
    corrections: Corrections,
) -> list[Line]:
    """Return the line of a row, or two lines where a label shares the row with speech."""
    name = f"L{number + 1:04}"
    if label is None and row.kind is None and number not in kinds and not row.marks:
        return [_body_line(name, row.text, unspoken_spans(row, corrections.unspoken), language)]
    if label and label.length < len(row.text):
        silent = [
            (max(0, start - label.length), end - label.length)
            for start, end in unspoken_spans(row, corrections.unspoken)
            if end > label.length
        ]
        speech = _speech_beside_label(name, row.text[label.length :], silent, language)
        return [_label_line(f"{name}s", row.text[: label.length], label, language), speech]
    if label:
        return [_label_line(name, row.text, label, language)]
    # The format marked this row as a label, and a person has corrected that.
    known = None if row.kind is LineKind.SPEAKER else row.kind
    kind = known or kinds.get(number)
    if not row.text.strip():
        kind = LineKind.SEPARATOR if kind is LineKind.SEPARATOR else LineKind.BLANK
    if kind and kind is not LineKind.SPOKEN:
        return [Line(name, kind, row.text)]
    if _is_direction(row):
        return [Line(name, LineKind.NOTE, row.text)]
    return [_body_line(name, row.text, unspoken_spans(row, corrections.unspoken), language)]


def _label_line(name: str, source: str, label: Label, language: str) -> Line:
    """Return the line of a label; one that is not sure may be speech as well."""
    tokens = () if label.sure else speak(source.split(), language)
    return Line(name, LineKind.SPEAKER, source, tokens, len(tokens))


def _is_direction(row: Row) -> bool:
    """Return whether all of a row is a stage direction in italics."""
    if not row.marks:
        return False
    italic = sum(end - start for start, end in row.marked(Style.ITALIC))
    return italic >= len(row.content) > 0 and is_stage_direction(row.content)


def _body_line(name: str, source: str, silent: Sequence[tuple[int, int]], language: str) -> Line:
    text = source.strip()
    if not text:
        return Line(name, LineKind.BLANK, source)
    if not _LETTER.search(text):
        return Line(name, LineKind.SEPARATOR, source)
    heard = heard_words(source, silent) if silent else None
    said = " ".join(heard).strip() if heard else ""
    if text.startswith("http") and _ADDRESS.fullmatch(text):
        return Line(name, LineKind.METADATA, source)
    if _is_note(text) or (said and (is_note(said) or is_procedure(said.lstrip("- ")))):
        return Line(name, LineKind.NOTE, source)
    if (".." in text or ". ." in text or "……" in text or "\t" in text) and has_leader(text):
        return Line(name, LineKind.METADATA, source)
    # A time begins with a figure, but for a "Kl." before it.
    may_be_time = len(text) <= _LONGEST_SECTION and (not text[0].isalpha() or text[0] in "Kk")
    if may_be_time and (is_time_of_day(text) or is_timestamp(text)):
        return Line(name, LineKind.METADATA, source)
    tokens = speak(text.split(), language, heard)
    silent_first = tokens[0].kind is TokenKind.SILENT
    if silent_first and all(token.kind is TokenKind.SILENT for token in tokens):
        return Line(name, LineKind.NOTE, source)
    return Line(name, LineKind.SPOKEN, source, tokens)


def _speech_beside_label(name: str, source: str, silent: Sequence[tuple[int, int]], language: str) -> Line:
    """Return what shares its line with a label: it was said, unless it is a stage direction or a sign."""
    text = source.strip()
    if not any(map(str.isalnum, text)) or is_note(text):
        return _body_line(name, source, silent, language)
    heard = heard_words(source, silent) if silent else None
    tokens = speak(text.split(), language, heard)
    hushed = all(token.kind is TokenKind.SILENT for token in tokens)
    return Line(name, LineKind.NOTE if hushed else LineKind.SPOKEN, source, () if hushed else tokens)


def _is_dashed_note(text: str) -> bool:
    """Return whether what stands after a dash is a stage direction, as Argentina's records have it: "– Aplausos."."""
    return is_procedure(text) or (0 < len(text.split()) <= _LONGEST_DASHED and is_stage_direction(text))


def _is_note(text: str) -> bool:
    if text.startswith(DASHES) and _is_dashed_note(text.lstrip("".join(DASHES)).strip()):
        return True
    if text.startswith(("(", "[", "（")):
        noted = is_note(text) or delivery_of(text) is not None or is_procedure(text[1:-1].strip())
        return noted or is_section(text)
    return (len(text) <= _LONGEST_SECTION and is_section(text)) or is_procedure(text)
