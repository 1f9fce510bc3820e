"""Where the rows of a page may have a label before speech: by its shape, bold print or italics, one row at a time.

Which of these are labels, the page as a whole says: `inline_labels`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from asdelivered.transcripts.brackets import bracket_kind
from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import TokenKind
from asdelivered.transcripts.structure.names import (
    has_role,
    is_address,
    is_announcement,
    is_audience,
    is_bracketed_without_case,
    is_role_only,
    is_short_without_case,
    is_titled_office,
    looks_like_name,
)
from asdelivered.transcripts.structure.occasion import is_data_key, is_timestamp
from asdelivered.transcripts.structure.phrases import ends_sentence, is_section
from asdelivered.transcripts.structure.procedure import begins_contacts, has_long_leader
from asdelivered.transcripts.structure.speakers.known_speakers import KnownSpeakers, label_words
from asdelivered.transcripts.structure.speakers.label_shapes import (
    CIRCLES,
    CLOCK,
    COLONS,
    TIME,
    InlineLabel,
    Label,
    Shape,
    has_sign_of_label,
    likely_shapes,
)
from asdelivered.transcripts.structure.titles import COURTESY, is_function

_TIMED = re.compile(rf"\s*(?:{TIME}|>>+\s)")
"""A time or the mark of another speaker, before a label."""
_TIME_WITHIN = re.compile(rf"(?:{TIME}|{CLOCK}).*[{COLONS}]")
"""A time between a name and its colon."""
_CHAIR_AND_MORE = re.compile(
    r"(?:Mr|Mrs|Ms|Madam|Madame)\.?\s(?:Speaker|President|Chair(?:man|woman|person)?),\s[a-z]"
)
"""A sentence that addresses the chair: "Mr. Speaker, that is not fair." """
_TITLE_AND_INITIALS = re.compile(r"[^\W\d_]{1,5}\.?(?:\s[^\W\d_]\.?){1,3}")
"""The full stop is that of an initial: "Mr E. W. Reed"."""
_ALL_TIMES = re.compile(rf"(?:\s*{TIME})+")
_BRACKETS_AND_COLON = re.compile(rf"((?:\s*\([^()\n]{{1,80}}\)){{1,2}})\s*[{COLONS}]")
"""What belongs to a label though only the name or office before it is in bold print: group 1 is the brackets."""
_SENTENCE_INSIDE = re.compile(r"(?P<word>[^\W\d_]{4,})\.\s+\S")
"""A sentence ends within: "CHAIR HILL. So: ..." has its label before the full stop."""
_LAST_INITIALS = re.compile(r"(?<=[^\W\d_]{2})\s[^\W\d_]\.(?:\s?[^\W\d_]\.)?$")
"""First names after the family name: "KOVALENKO I.P."."""
_ITALIC_STOP = re.compile(r"\s?[.:]\s+(?=\S)")
"""What ends a label in italics: "The President." """
_LONGEST_ALONE = 80
"""Characters of a row that is nothing but a label."""
_ENDS_OF_LABELS = (*COLONS, ".", "-", "–", "—", *"）】>〉＞)")
_CIRCLES = tuple(CIRCLES)
_SHAPES_ALONE = frozenset(
    {
        Shape.COLON,
        Shape.DASH,
        Shape.STOP,
        Shape.TITLED,
        Shape.LETTER,
        Shape.INITIALS,
        Shape.INITIAL_FIRST,
        Shape.CIRCLE,
        Shape.BRACKET,
        Shape.HALF,
    }
)
_STOP_DASH_INSIDE = re.compile(r"[^\W\d_]\.\s?[-–—]+\s")
_STOP_DASH = re.compile(r"(?:[^\W\d_]{2}|\))\.\s?[-–—]+\s*$")
"""Marks that hardly occur except after a label: "Iratxe Garcés (S&D). – "."""
_QUESTION_NUMBER = re.compile(r"\s*Q\d{1,4}[.)]?\s")
_IN_BRACKETS = re.compile(
    r"(?P<name>[^()\[\]]{2,60}?)(?:\s*(?:\([^\W\d_a-zà-ÿ][^()]{0,60}\)|\[[^\W\d_a-zà-ÿ][^\[\]]{0,60}\])){1,2}"
)
"""A name with a party, a constituency or both in brackets."""
_MOST_WORDS = 5
"""Words of such a name."""
_AGAIN = 2
"""Rows with nothing but the same name, at least, for it to be a label whatever it says."""


def label_candidates(
    rows: Sequence[Row], first: int, found: Mapping[int, Label], speakers: KnownSpeakers
) -> list[InlineLabel]:
    """Return what may be a label in the rows from `first` on, in their order; `found` has labels of whole rows.

    A row may show signs of several shapes.
    """
    signed = [
        number
        for number in range(first, len(rows))
        if rows[number].marks or has_sign_of_label(rows[number].text)
    ]
    every = [*_before_speech(rows, signed, found, speakers), *_alone(rows, signed, found, speakers)]
    return sorted(every, key=lambda one: one.row)


def is_numbered(row: Row) -> bool:
    """Return whether a row begins with the number of a question: "Q3   Ann Hill: Can I ask"."""
    return _QUESTION_NUMBER.match(row.text) is not None


def _before_speech(
    rows: Sequence[Row], signed: Sequence[int], found: Mapping[int, Label], speakers: KnownSpeakers
) -> Iterator[InlineLabel]:
    for number in signed:
        row = rows[number]
        text = row.text
        if row.kind or number in found or not row.content:
            continue
        name, bold = _bold_start(row) if row.marks else ("", 0)
        if bold:
            yield InlineLabel(number, name, _speech_after(text, bold), Shape.BOLD, True, False, "")
        elif row.marks and (italic := _ITALIC_STOP.match(text, _italic_start(row))):
            yield InlineLabel(
                number,
                text[: italic.start()].strip(f"{COLONS} ."),
                italic.end(),
                Shape.ITALIC,
                True,
                False,
                ".",
            )
        for shape in likely_shapes(text):
            match = shape.value.match(text)
            if (
                match
                and not has_long_leader(text)
                and not is_section(row.content)
                and not (shape is Shape.COLON and begins_contacts(row.content))
                and not _is_called_out(row.content, match)
                and not (shape is Shape.COLON and _is_in_table(text, match))
                and not (shape is Shape.DASH and _is_listed(text, match))
                and (
                    shape in (Shape.CHANGE, Shape.TAB)
                    or _could_be_label(match["label"], shape)
                    or speakers.is_confirmed(match["label"])
                )
            ):
                marked = bool(bold and bold <= match.end()) or _TIMED.match(text) is not None
                marked = marked or _TIME_WITHIN.search(text, match.end("label"), match.end()) is not None
                marked = marked or (shape is Shape.DASH and _STOP_DASH.search(match[0]) is not None)
                small = text[match.end() : match.end() + 1].islower()
                mark = text[match.end("label") : match.end()].strip("0123456789]").split()
                yield InlineLabel(
                    number, match["label"].strip(), match.end(), shape, marked, small, "".join(mark)
                )


def _alone(
    rows: Sequence[Row], signed: Sequence[int], found: Mapping[int, Label], speakers: KnownSpeakers
) -> Iterator[InlineLabel]:
    """Yield the labels of these shapes that have a row of their own, with speech in the next one: "Q.", "P.-"."""
    candidates: list[InlineLabel] = []
    for number in signed:
        row = rows[number]
        if number in found or row.kind or len(row.text) > _LONGEST_ALONE or number + 1 == len(rows):
            continue
        content = row.content
        if not (content.endswith(_ENDS_OF_LABELS) or content.startswith(_CIRCLES)):
            continue
        below = rows[number + 1]
        if number + 2 < len(rows) and below.text.isspace():
            below = rows[number + 2]
        said = below.content
        if below.kind or not said or (said[0].isdecimal() and is_timestamp(said)):
            continue
        text = f"{content} {said}"
        for shape in likely_shapes(text):
            match = shape.value.match(text) if shape in _SHAPES_ALONE else None
            if match is None or match.end() != len(content) + 1 or is_section(content):
                continue
            if not _could_be_label(match["label"], shape) or is_audience(match["label"]):
                continue
            name = match["label"].strip()
            if shape is Shape.STOP and not _is_named(name, speakers):
                continue
            mark = content[len(match["label"]) :].split()
            bold = sum(end - start for start, end in row.marked(Style.BOLD)) >= len(name)
            marked = bold or (shape is Shape.DASH and _STOP_DASH.search(content) is not None)
            small = said[:1].islower()
            candidates.append(InlineLabel(number, name, len(row.text), shape, marked, small, "".join(mark)))
    counts = Counter(one.name for one in candidates)
    for one in candidates:
        again = counts[one.name] >= _AGAIN or speakers.is_confirmed(one.name)
        if again or one.shape is not Shape.COLON or not _may_be_said(one.name):
            yield one


def _is_named(name: str, speakers: KnownSpeakers) -> bool:
    """Return whether what stands before a full stop on a row of its own is somebody: "NATO." and "YES." are not."""
    somebody = is_role_only(name) or bool(label_words(name) & COURTESY) or speakers.knows(name)
    return somebody or _IN_BRACKETS.fullmatch(name) is not None


def _may_be_said(name: str) -> bool:
    """Return whether a name before a colon may be an address or a heading: "Señor director del Puerto:"."""
    words = label_words(name)
    addressed = words & COURTESY and has_role(name) and not name.isupper()
    heads = len(words) == 1 and not (is_function(name) or is_role_only(name))
    return bool(addressed) or heads or is_titled_office(name)


def _is_in_table(text: str, match: re.Match[str]) -> bool:
    """Return whether a tab and somebody's name follow the colon, as in a list of members: "President:<tab>Ms. Reed"."""
    rest = text[match.end() :].strip()
    return (
        match[0].rstrip(" ")[-1:] == "\t"
        and ("\t" in rest or looks_like_name(rest))
        and not ends_sentence(rest)
    )


def _is_called_out(text: str, match: re.Match[str]) -> bool:
    """Return whether a record tells in brackets who called what: "[Ann Hill: Never!]"."""
    return text.startswith("[") and text.endswith("]") and "]" not in match[0]


def _is_listed(text: str, match: re.Match[str]) -> bool:
    """Return whether a name and a dash belong to a list of participants: "Ann Hill - Director of the Port"."""
    return match[0].rstrip(" -–—")[-1:] != "." and not ends_sentence(text.strip())


def _bold_start(row: Row) -> tuple[str, int]:
    """Return the name in bold print that begins a row, and where it ends; ("", 0) without one, or without more text."""
    times = [end for start, end in row.marked(Style.UNSPOKEN) if start <= 1]
    asked = _QUESTION_NUMBER.match(row.text)
    time = _TIMED.match(row.text)
    before = [found.end() for found in (asked, time) if found]
    indent = max(len(row.text) - len(row.text.lstrip()), 0, *times, *before)
    start, end = next(iter(row.marked(Style.BOLD)), (0, 0))
    name = row.text[start:end].strip(f"{COLONS} .-–—\t\u00a0\n")
    ends_in_colon = row.text[start:].lstrip()[len(name) :].lstrip()[:1] in tuple(COLONS)
    like_label = looks_like_name(name) or (
        ends_in_colon
        and (name[:1].isupper() or name.upper() == name.lower() or time is not None)
        and (len(name.split()) <= _MOST_WORDS or is_with_party(name[: name.find("),") + 1]))
    )
    named = end > 0 and start <= indent + 1 and row.text[end:].strip() and like_label
    if not named:
        return "", 0
    more = _BRACKETS_AND_COLON.match(row.text, end)
    if more and _ALL_TIMES.fullmatch(more[1]):
        return name, more.end(1)
    return (f"{name} {more[1].strip()}", more.end(1)) if more else (name, end)


def _italic_start(row: Row) -> int:
    """Return where the italics end that begin a row, if they look like a name; else where the row ends."""
    start, end = next(iter(row.marked(Style.ITALIC)), (0, 0))
    name = row.text[start:end].strip(f"{COLONS} .")
    named = start == 0 and end > 0 and (looks_like_name(name) or is_function(name))
    if not named:
        return len(row.text)
    return start + len(row.text[start:end].rstrip(f"{COLONS} .\u00a0"))


def _speech_after(text: str, at: int) -> int:
    rest = re.match(rf"\s*[{COLONS}.]?\s*(?:[-–—]\s+)?", text[at:])
    return at + (rest.end() if rest else 0)


def _could_be_label(text: str, shape: Shape) -> bool:
    if shape in (Shape.TITLED, Shape.STOP) and (
        _CHAIR_AND_MORE.match(text) or _TITLE_AND_INITIALS.fullmatch(text)
    ):
        return False
    if shape is Shape.HALF:
        return is_function(text) or is_short_without_case(text)
    if shape in (
        Shape.COLUMNS,
        Shape.LETTER,
        Shape.INITIAL_FIRST,
        Shape.TITLED,
        Shape.CIRCLE,
        Shape.CLOCK,
        Shape.INITIALS,
    ):
        return True
    if shape is Shape.BRACKET:
        return (is_function(text) or is_short_without_case(text) or _is_asked_or_named(text)) and (
            bracket_kind(text, square=True) is TokenKind.WORD
        )
    if shape is Shape.STOP:
        head, comma, office = text.partition(",")
        if comma:
            return head.isupper() and looks_like_name(head) and has_role(office)
        return (
            text.split()[0].lower() != "by"
            and text.lower() not in COURTESY
            and text.split()[-1] != "HON"
            and sum(map(str.isupper, text)) >= 2
            and (
                text.isupper()
                or is_role_only(text)
                or text.split()[0].rstrip(".").lower() in COURTESY | {"the"}
            )
        )
    if shape is Shape.COLON and len(text) == 1 and text.isupper():  # "I:", for the interviewer
        return True
    if is_titled_office(text):
        return len(text.split()) > 1
    if _STOP_DASH_INSIDE.search(text):  # "HON. J. OLDE.- I say this: ..." has its label before the dash
        return False
    stop = _SENTENCE_INSIDE.search(text)
    if shape is Shape.COLON and stop and not text.isupper() and stop["word"].lower() not in COURTESY:
        return False
    if is_function(text):
        return True
    if shape is Shape.COLON and (is_short_without_case(text) or is_bracketed_without_case(text)):
        return not is_announcement(text)
    if shape is Shape.COLON and is_office_of(text):
        return True
    name = _LAST_INITIALS.sub("", text)
    return looks_like_name(name) and not (is_address(text) or is_announcement(text) or is_data_key(text))


def _is_asked_or_named(text: str) -> bool:
    """Return whether a name stands in angle brackets: "Q - Ann Hill - Harbour Bank", "Ann Hill, Chief Executive"."""
    return len(text.split()) >= 2 and looks_like_name(text) and not is_announcement(text)


def is_office_of(text: str) -> bool:
    """Return whether an office in small letters has its bearer's name in brackets: "innviðaráðherra (Mia Lund) (B)"."""
    found = _IN_BRACKETS.fullmatch(text) if text[:1].islower() and text.endswith(")") else None
    return found is not None and has_role(found["name"]) and len(found["name"].split()) <= _MOST_WORDS


def is_with_party(text: str) -> bool:
    """Return whether a label has a party or a constituency after its name: "Olde (Westhaven) (Green)"."""
    found = _IN_BRACKETS.fullmatch(text)
    return (
        found is not None
        and len(found["name"].split()) <= _MOST_WORDS
        and looks_like_name(found["name"])
        and not is_announcement(found["name"])
    )
