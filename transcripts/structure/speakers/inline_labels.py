"""Find the labels that share their line with speech: "Moderator: Thank you.", "MR. SMITH. I rise", "Q  Why?".

A sentence may have a colon too ("I want to be clear: ..."), and may end with a name. So the page must confirm each
shape of label: it takes several of them, or another sign, such as bold print or a role.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from asdelivered.transcripts.brackets import bracket_kind, is_note
from asdelivered.transcripts.document import Row, Style
from asdelivered.transcripts.model import TokenKind
from asdelivered.transcripts.structure.dates import is_date_line
from asdelivered.transcripts.structure.names import (
    has_role,
    is_address,
    is_announcement,
    is_bracketed_without_case,
    is_role_only,
    is_short_without_case,
    is_titled_office,
    looks_like_name,
    name_words,
)
from asdelivered.transcripts.structure.occasion import is_data_key, is_timestamp
from asdelivered.transcripts.structure.phrases import ends_sentence, is_in_capitals, is_section
from asdelivered.transcripts.structure.procedure import begins_contacts, has_long_leader
from asdelivered.transcripts.structure.speakers.known_speakers import KnownSpeakers, label_words
from asdelivered.transcripts.structure.speakers.label_grammar import (
    DIALOGUE,
    MOST_SMALL,
    doubtful_labels,
)
from asdelivered.transcripts.structure.speakers.label_shapes import (
    CIRCLES,
    CLOCK,
    COLONS,
    MOST_ALIKE,
    TIME,
    InlineLabel,
    Label,
    Shape,
    has_sign_of_label,
    likely_shapes,
)
from asdelivered.transcripts.structure.titles import ARTICLES, COURTESY, PAIRS, is_function

_TIMED = re.compile(rf"\s*(?:{TIME}|>>+\s)")
"""A time or the mark of another speaker, before a label."""
_TIME_FIRST = re.compile(rf"{TIME}\s+(?=\S)")
_TIME_WITHIN = re.compile(rf"(?:{TIME}|{CLOCK}).*[{COLONS}]")
"""A time between a name and its colon."""
_ALL_TIMES = re.compile(rf"(?:\s*{TIME})+")
_INITIALED = re.compile(
    r"(?:[^\W\d_a-zà-ÿ]\.\s?(?:-\s?[^\W\d_a-zà-ÿ]\.\s?)?){1,3}[^\W\d_a-zà-ÿ][^\W\d_]+(?:-[^\W\d_]+)?"
)
"""Initials and a family name: "A. Reed", "А.Рид"."""
_FEWEST_TITLED = 4
_QUESTION_NUMBER = re.compile(r"\s*Q\d{1,4}[.)]?\s")
_FEWEST_NUMBERED = 2
"""Numbered questions of a page."""
_MOST_NAMED = 0.8
"""A share of the rows. Where more begin with a name and a colon, all that do are labels."""
_OFTEN = 3
"""A word that begins as many rows with a colon may be a name."""
_PUNCTUATION = ".,;:!?()[]\"'“”„«»‘’"
_BRACKETS_AND_COLON = re.compile(rf"((?:\s*\([^()\n]{{1,80}}\)){{1,2}})\s*[{COLONS}]")
"""What belongs to a label though only the name or office before it is in bold print: group 1 is the brackets."""
_IN_BRACKETS = re.compile(
    r"(?P<name>[^()\[\]]{2,60}?)(?:\s*(?:\([^\W\d_a-zà-ÿ][^()]{0,60}\)|\[[^\W\d_a-zà-ÿ][^\[\]]{0,60}\])){1,2}"
)
"""A name with a party, a constituency or both in brackets."""
_MOST_WORDS = 5
"""Words of such a name."""
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


def find_inline_labels(
    rows: Sequence[Row], first: int, found: Mapping[int, Label], speakers: KnownSpeakers
) -> dict[int, Label]:
    """Return the labels within the rows from `first` on; `found` has those on lines of their own."""
    signed = [
        number
        for number in range(first, len(rows))
        if rows[number].marks or has_sign_of_label(rows[number].text)
    ]
    every = [*_candidates(rows, signed, found, speakers), *_alone(rows, signed, found, speakers)]
    candidates = _without_sentences(sorted(every, key=lambda one: one.row), speakers)
    key = _key_of_letters(candidates, rows)
    candidates = [one for one in candidates if one.row not in key]
    names = {one.name: rows[row].text[one.length :].strip() for row, one in key.items()}
    if is_in_capitals(row.text for row in rows[first:]):
        candidates = [one for one in candidates if _is_label_among_capitals(one)]
    # A letter that comes once may be a number, "I: Ann Hill, Chair", and what is followed by nothing but a date is
    # a heading. A row may show signs of several shapes, and yet has one label at most.
    counts = Counter(name for _, name in {(one.row, one.name.casefold()) for one in candidates})
    counts.update((label.speaker or "").casefold() for label in found.values())
    candidates = [
        one
        for one in candidates
        if not (
            one.shape is Shape.COLON
            and counts[one.name.casefold()] < 2
            and (len(one.name) == 1 or is_date_line(rows[one.row].text[one.length :].strip()))
        )
    ]
    shapes = Counter(candidate.shape for candidate in candidates)
    letters = _pair_of_letters(candidates)
    ordinary = _ordinary_words(candidates, counts, rows, first)
    given = speakers
    sure: dict[int, InlineLabel] = {}
    # In the second round, "Mr Hart" is known from "The Secretary of State (Mr William Hart)".
    for _ in range(2):
        for candidate in candidates:
            if candidate.row in sure:
                continue
            count = counts[candidate.name.casefold()]
            known = speakers.knows(candidate.name)
            if speakers.is_confirmed(candidate.name) or _is_sure(
                candidate, count, known, shapes, letters, ordinary
            ):
                sure[candidate.row] = candidate
        people = sorted({name for one in sure.values() for name in _names_within(one.name)})
        speakers = speakers.with_names(people)
    confirmed = dict(sure)
    # Where most captions or paragraphs begin with a name and a colon, an unusual name is a label too.
    alike = [one for one in candidates if one.shape is Shape.COLON]
    colons = [one.row for one in alike if one.row in sure or counts[one.name.casefold()] >= 2]
    if len(colons) >= 2 and len({one.row for one in alike}) >= _MOST_NAMED * _filled(rows, first):
        first_colon = min(colons)
        for candidate in candidates:
            if candidate.shape is Shape.COLON and (first or candidate.row > first_colon):
                sure.setdefault(candidate.row, candidate)
    # "TH:" is Tom Hale's label where "Tom Hale:" begins a row as well.
    for candidate in _with_initials(alike):
        sure.setdefault(candidate.row, candidate)
        confirmed.setdefault(candidate.row, candidate)
    # Where labels are in capitals, one more is a label too, even if it occurs once.
    named = [one for one in sure.values() if one.shape is Shape.COLON]
    capitals = [one for one in named if _without_brackets(one.name).isupper()]
    several = len({one.name for one in capitals}) >= 2 or len(capitals) >= _OFTEN
    # A short dialogue between people who mostly speak once.
    shouted = [one for one in alike if one.name.isupper() and not one.small]
    lively = len(shouted) >= DIALOGUE * _filled(rows, first)
    several = several or (bool(capitals) and lively and len({one.name for one in shouted}) >= _OFTEN)
    if several and len(capitals) >= MOST_ALIKE * len(named):
        for candidate in candidates:
            if candidate.shape is Shape.COLON and _without_brackets(candidate.name).isupper():
                sure.setdefault(candidate.row, candidate)
    # Where several labels are in brackets, one more is a label too: "【幹事社】".
    brackets = Counter(one.mark for one in sure.values() if one.shape is Shape.BRACKET)
    for candidate in candidates:
        if candidate.shape is Shape.BRACKET and brackets[candidate.mark] >= 2:
            sure.setdefault(candidate.row, candidate)
    # Where sure labels have the number of a question before them, so have others: "Q3   Ann Hill: Can I ask".
    if sum(_is_numbered(rows[row]) for row in sure) >= _FEWEST_NUMBERED:
        for candidate in alike:
            if _is_numbered(rows[candidate.row]):
                sure.setdefault(candidate.row, candidate)
    # Somebody who speaks once, on a page whose labels are plain names: "Mia Lund: Who pays?" is one, or a sentence.
    plain = _plain_names(alike, sure)
    sure = plain | sure
    body = next(
        (number for number in range(first, len(rows)) if rows[number].content and not rows[number].kind),
        first,
    )
    alone = [row == body or one.marked or speakers.is_confirmed(one.name) for row, one in sure.items()]
    if len(sure) + len(found) < 2 and not any(alone):
        return {}
    # "Moderator: Good morning." begins the text, and "Question: Who pays?" asks.
    clear = {row for row in sure if row == body or rows[row].content.endswith("?")}
    doubtful = doubtful_labels(sure.values(), confirmed, counts, given, _filled(rows, first), clear) | {
        *plain
    }
    doubtful -= {row for row in doubtful if _is_called_by_name(sure[row], speakers)}
    return {
        row: Label(names.get(one.name, one.name) or None, length, sure=row not in doubtful)
        for row, one, length in _with_times(sure, rows)
    }


def _with_initials(alike: Sequence[InlineLabel]) -> list[InlineLabel]:
    """Return the candidates that are somebody's initials, and the names that these stand for."""
    named: dict[str, list[InlineLabel]] = {}
    for one in alike:
        if _is_plain_name(one.name) and not one.small:
            named.setdefault("".join(word[0] for word in one.name.split()), []).append(one)
    initials = [one for one in alike if one.name in named and one.name.isupper()]
    return initials + [name for short in {one.name for one in initials} for name in named[short]]


def _plain_names(alike: Sequence[InlineLabel], sure: Mapping[int, InlineLabel]) -> dict[int, InlineLabel]:
    """Return the candidates of two or more words in capitals that come once, where most sure labels are such names."""
    colons = [one for one in sure.values() if one.shape is Shape.COLON and not is_function(one.name)]
    named = [one for one in colons if _is_plain_name(one.name)]
    if len({one.name for one in named}) < 2 or len(named) < _OFTEN or len(named) < 0.5 * len(colons):
        return {}
    begin = min(sure)
    return {
        one.row: one
        for one in alike
        if one.row > begin and one.row not in sure and not one.small and _is_plain_name(one.name)
    }


def _is_called_by_name(one: InlineLabel, speakers: KnownSpeakers) -> bool:
    """Return whether a colon stands after two words or more of a name that other labels have: "Ms Reed: Yes"."""
    several = len(label_words(one.name)) >= 2
    return one.shape is Shape.COLON and several and not one.small and speakers.knows(one.name)


def _is_plain_name(text: str) -> bool:
    """Return whether a label has two to four words with capitals, and more after a comma at most: "Mia Lund"."""
    name = text.partition(",")[0].split()
    return (
        2 <= len(name) <= _MOST_WORDS - 1
        and all(word[0].isupper() for word in name)
        and name[0].lower() not in ARTICLES
    )


def _is_numbered(row: Row) -> bool:
    return _QUESTION_NUMBER.match(row.text) is not None


def _pair_of_letters(candidates: Iterable[InlineLabel]) -> frozenset[str]:
    """Return the letters for question and answer on this page: those of one language, or the question alone."""
    counts = Counter(one.name for one in candidates if one.shape is Shape.LETTER)
    pairs = [pair for pair in PAIRS if counts.keys() >= set(pair)]
    if pairs:
        commonest = max(pairs, key=lambda pair: counts[pair[0]] + counts[pair[1]])
        return frozenset(commonest)
    return frozenset(pair[0] for pair in PAIRS if counts[pair[0]] >= 2)


def _key_of_letters(candidates: Sequence[InlineLabel], rows: Sequence[Row]) -> dict[int, InlineLabel]:
    """Return the rows above the text that say whose name the letters before a tab stand for: "TAG<tab>Tom A. Grey"."""
    tabbed = [one for one in candidates if one.shape is Shape.TAB]
    key = takewhile(lambda one: looks_like_name(rows[one.row].text[one.length :].strip()), tabbed)
    return {one.row: one for one in key}


def _with_times(
    sure: Mapping[int, InlineLabel], rows: Sequence[Row]
) -> Iterator[tuple[int, InlineLabel, int]]:
    """Yield each row with its label and the label's length; a time after the colon belongs to it if most have one."""
    colons = [one for one in sure.values() if one.shape is Shape.COLON]
    times = {
        one.row: time.end() for one in colons if (time := _TIME_FIRST.match(rows[one.row].text, one.length))
    }
    most = 2 * len(times) > len(colons)
    for row, one in sure.items():
        yield row, one, times.get(row, one.length) if most else one.length


def _ordinary_words(
    candidates: Sequence[InlineLabel], counts: Mapping[str, int], rows: Sequence[Row], first: int
) -> frozenset[str]:
    """Return the candidates, in lower case, that come often and yet are ordinary words: "Result: ...".

    The page writes them small elsewhere, or only one of them comes often and begins few of the rows.
    """
    often = {
        name
        for one in candidates
        if one.shape is Shape.COLON and counts[name := one.name.casefold()] >= _OFTEN and " " not in name
    }
    if not often:
        return frozenset()
    colons = sum(one.shape is Shape.COLON for one in candidates)
    if colons >= DIALOGUE * _filled(rows, first):
        return frozenset()
    if len({one.name for one in candidates if one.shape is Shape.COLON}) == 1:
        return frozenset(often)
    small = {word.strip(_PUNCTUATION) for row in rows[first:] for word in row.text.split()}
    return frozenset(often & small)


def _without_sentences(candidates: Sequence[InlineLabel], speakers: KnownSpeakers) -> list[InlineLabel]:
    """Return the candidates without the beginnings of sentences that go on in small letters: "Minister: that is I".

    Speech after a label may begin so too, but not each time, unless the whole page is in small letters.
    """
    colons = [one for one in candidates if one.shape is Shape.COLON]
    written_small = sum(one.small for one in colons) > MOST_SMALL * len(colons)
    begun = {one.name.casefold() for one in candidates if not one.small}
    return [
        one
        for one in candidates
        if one.shape is not Shape.COLON
        or not one.small
        or one.marked
        or written_small
        or one.name.casefold() in begun
        or is_function(one.name)
        or speakers.is_confirmed(one.name)
    ]


def _is_label_among_capitals(one: InlineLabel) -> bool:
    """Return whether a candidate has more than its capitals, on a page that is written in capitals."""
    words = label_words(one.name)
    return (
        not one.name.isupper()
        or one.marked
        or is_function(one.name)
        or (one.shape is not Shape.STOP and has_role(one.name))
        or bool(words & COURTESY)
    )


def _filled(rows: Sequence[Row], first: int) -> int:
    """Return how many rows from `first` on have text; at least one, so that a share can be taken."""
    return max(1, sum(row.kind is None and _is_text(row.content) for row in rows[first:]))


def _is_text(content: str) -> bool:
    return bool(content) and not (content[0] in "([" and is_note(content))


def _candidates(
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
            if not _could_be_label(match["label"], shape):
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
        again = counts[one.name] >= _FEWEST_NUMBERED or speakers.is_confirmed(one.name)
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
    indent = max(len(row.text) - len(row.text.lstrip()), *times, asked.end() if asked else 0)
    start, end = next(iter(row.marked(Style.BOLD)), (0, 0))
    name = row.text[start:end].strip(f"{COLONS} .-–—\t\u00a0\n")
    ends_in_colon = row.text[start:].lstrip()[len(name) :].lstrip()[:1] in tuple(COLONS)
    like_label = looks_like_name(name) or (
        ends_in_colon
        and (name[:1].isupper() or name.upper() == name.lower())
        and (len(name.split()) <= _MOST_WORDS or _is_with_party(name[: name.find("),") + 1]))
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
    if shape is Shape.COLON and _is_office_of(text):
        return True
    name = _LAST_INITIALS.sub("", text)
    return looks_like_name(name) and not (is_address(text) or is_announcement(text) or is_data_key(text))


def _is_asked_or_named(text: str) -> bool:
    """Return whether a name stands in angle brackets: "Q - Ann Hill - Harbour Bank", "Ann Hill, Chief Executive"."""
    return len(text.split()) >= 2 and looks_like_name(text) and not is_announcement(text)


def _names_within(label: str) -> Iterator[str]:
    """Yield the names of people in a label, which others may call by a part of them: without offices and places."""
    for part in re.split(r"[(),]", label):
        name = name_words(part) if looks_like_name(part.strip()) else []
        if len(name) >= 2:
            yield " ".join(name)


def _without_brackets(text: str) -> str:
    return text.partition(" (")[0]


def _is_with_party(text: str) -> bool:
    """Return whether a label has a party or a constituency after its name: "Olde (Westhaven) (Green)"."""
    found = _IN_BRACKETS.fullmatch(text)
    return (
        found is not None
        and len(found["name"].split()) <= _MOST_WORDS
        and looks_like_name(found["name"])
        and not is_announcement(found["name"])
    )


def _is_office_of(text: str) -> bool:
    """Return whether an office in small letters has its bearer's name in brackets: "innviðaráðherra (Mia Lund) (B)"."""
    found = _IN_BRACKETS.fullmatch(text) if text[:1].islower() and text.endswith(")") else None
    return found is not None and has_role(found["name"]) and len(found["name"].split()) <= _MOST_WORDS


def _is_sure(
    one: InlineLabel,
    count: int,
    known: bool,
    shapes: Mapping[Shape, int],
    letters: Collection[str],
    ordinary: Collection[str],
) -> bool:
    text = one.name
    several, returns = len(label_words(text)) >= 2, count >= 2
    if one.shape is Shape.CHANGE:
        return shapes[Shape.CHANGE] >= 2
    if one.shape is Shape.CIRCLE:
        return shapes[Shape.CIRCLE] >= _OFTEN or returns or has_role(text)
    if one.shape in (Shape.CLOCK, Shape.COLUMNS):
        return shapes[one.shape] >= (2 if one.shape is Shape.CLOCK else _OFTEN)
    if one.shape is Shape.HALF:
        return shapes[Shape.HALF] >= 2 and (returns or is_function(text))
    if one.shape is Shape.ITALIC:
        return shapes[Shape.ITALIC] >= 2 and (returns or several or is_function(text) or has_role(text))
    if one.shape in (Shape.BRACKET, Shape.TIMED):
        return shapes[one.shape] >= 2 and (returns or known or several or is_function(text))
    if one.shape is Shape.TAB:
        return shapes[Shape.TAB] >= _FEWEST_TITLED
    if one.shape is Shape.LETTER:
        return text in letters
    role = has_role(text) or label_words(text) & COURTESY
    if one.shape is Shape.BOLD:
        in_bold = shapes[Shape.BOLD] >= 2 and (several or text.upper() == text.lower())
        return bool(role) or returns or known or is_function(text) or in_bold
    if one.shape is Shape.STOP:
        return shapes[Shape.STOP] >= 2
    if one.shape is Shape.TITLED:
        in_capitals = text.split()[-1].isupper() and len(text.split()[-1]) > 1  # "Senator REED. I ask"
        alike = (
            shapes[Shape.TITLED] + shapes[Shape.STOP] + shapes[Shape.INITIALS] + shapes[Shape.INITIAL_FIRST]
        )
        return alike >= (2 if in_capitals else _FEWEST_TITLED)
    if one.shape is Shape.INITIALS:
        return shapes[Shape.INITIALS] >= 2
    if one.shape is Shape.INITIAL_FIRST:
        return shapes[Shape.INITIAL_FIRST] >= 2
    if one.shape is Shape.COLON and (_is_with_party(text) or _is_office_of(text)):
        return True
    if is_short_without_case(text):
        return known or returns or is_function(text)
    if is_bracketed_without_case(text):
        return True
    if is_titled_office(text):
        return returns or shapes[one.shape] >= _FEWEST_TITLED
    named = several and (returns or _without_brackets(text).isupper() or bool(role))
    sure = (
        is_function(text)
        or known
        or named
        or (text.isupper() and returns)
        or is_role_only(text)
        or one.marked
        or _INITIALED.fullmatch(text) is not None
    )
    if one.shape is Shape.DASH:
        return sure and shapes[Shape.DASH] >= 2
    return sure or (count >= _OFTEN and len(text) > 2 and text.casefold() not in ordinary)
