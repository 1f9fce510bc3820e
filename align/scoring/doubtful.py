"""Scoring: lines that are in doubt are looked for by a scorer, which need not recognise a word of them.

In doubt is what has no time though somebody is talking where it would be, what has one that is hardly believed, and
what has one that is not sure: that keeps it unless the scorer's is the better one.
Whatever a scorer finds must have been said: the sound must make the words likelier than silence does, about as much as
it does with the lines of this recording that are certain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import FRAME_MS, frame_at, moment_of
from asdelivered.align.acoustic.frame_spans import FrameSpan
from asdelivered.align.acoustic.room import Levels, plain_levels
from asdelivered.align.document.alignment import Status
from asdelivered.align.engines.scorer import Scorer
from asdelivered.align.job import Job
from asdelivered.align.recognition import Recognition
from asdelivered.align.scoring.known_text import (
    Piece,
    View,
    choose_windows,
    fit_pieces,
    walk,
)
from asdelivered.align.scoring.trimming import trim
from asdelivered.align.script import Script
from asdelivered.align.values.timed_token import TimedToken, unspoken
from asdelivered.base.span import TimeSpan
from asdelivered.media.windows import WindowReader, cut_windows
from asdelivered.transcripts.model import TokenKind

_DOUBTFUL = 0.5
"""A line whose words have less confidence than this, on average, is in doubt: where it is must be found anew."""
_UNSURE = 0.75
"""One whose words have less than this is looked for near where it is."""
_MUCH = 0.25
"""From this share of the text in doubt on, what was not recognised is in doubt, too."""
_LEAST_TO_SPLIT = 4
_MOST_TOGETHER = 24
"""Words of a piece, at least where a sentence ends, and at most."""
_LONG = 20_000
"""Milliseconds of doubt in which no place is guessed by shares of the time."""
_FEW = 0.01
"""Up to this share of the text, what is not sure alone is not worth loading a scorer for."""
_PHONE = 80
"""Milliseconds that a phone takes, roughly."""
_LEAST_SPEECH = 0.5
"""Of the time that a piece would take, how much speech there must be for it to be looked for."""
_LEAST_WEIGHT = 0.1
"""What a millisecond without speech counts at least, against one with it, where the time is shared."""
_LEAST_EVIDENCE = 0.15
"""Of what is typical of the recording, how much evidence there must be that a piece was said."""
_LEAST_EVER = 0.25
"""And how much there must be at all."""
_ALIKE = 300
"""Milliseconds by which two ways may differ in where a line begins and ends, and still agree."""
_SHORTEST_LETTER = 25
"""Milliseconds that a letter of a sentence takes at least: where a sentence is squeezed into less, it was not said."""
_LONGEST_WORD = 600
_LONGEST_LETTER = 120
"""Milliseconds that a word may take, and each of its letters, for the scorer to be believed against an earlier time."""
_SLOWER = 2.5
"""By which a letter may be longer than is usual in its sentence: a slow speaker's words are all long."""
_CONFIDENT = 0.6
"""Confidence of a word that the scorer alone has found."""
_MOST_WHERE_MUCH = 0.85
"""Confidence of any word, at most, where much of the text is in doubt: in sound that bad, anchors are wrong, too."""
_AGREED = 0.8
"""That of one that was found there before, with less confidence."""


@dataclass(frozen=True)
class _Part:
    """Tokens [first, last) of a line, those of them that sound, and where they are known to be, surely or not."""

    line: int
    first: int
    last: int
    sounding: tuple[int, ...]
    known: TimeSpan | None
    pinned: bool
    unsure: bool = False

    def is_certain(self, anchored: Sequence[bool]) -> bool:
        """Tell whether it is pinned, or most of what sounds was recognised within anchors."""
        return self.pinned or 2 * sum(anchored[at] for at in self.sounding) >= len(self.sounding)

    def of(self, tokens: Sequence[TimedToken]) -> Sequence[TimedToken]:
        """Return its tokens among those of the script."""
        return tokens[self.first : self.last]

    def phones(self, script: Script) -> int:
        """How many sounds it has."""
        return sum(len(word) for at in self.sounding for word in script.tokens[at].pronunciations[0])


MakeScorer = Callable[[], Scorer]


def score_doubtful(
    job: Job,
    make: MakeScorer,
    recognition: Recognition,
    tokens: Sequence[TimedToken],
    anchored: Sequence[bool],
) -> list[TimedToken]:
    """Return `tokens` with what a scorer says of the lines in doubt; none is made where there are next to none.

    Where much of the text is in doubt, so is all that is not mostly `anchored`: in sound that bad, what has a place
    without having been recognised is often wrong by many lines. What the scorer finds unsaid then loses its time.

    Raises AlignError where it can't be made, or fails, and MediaError.
    """
    parts = list(_parts(job, tokens))
    much = sum(part.known is None for part in parts) > _MUCH * len(parts)
    if much:
        parts = [part if part.is_certain(anchored) else replace(part, known=None) for part in parts]
    pieces = _with_places(job.script, parts, recognition.speech, job.sound.duration)
    wanted = [part for part, piece in zip(parts, pieces, strict=True) if piece.wanted]
    if all(part.known for part in wanted) and len(wanted) <= _FEW * len(parts):
        return list(tokens)
    scorer = make()
    pieces = _walked(job, scorer, parts, pieces)
    views = _views(job, scorer, pieces)
    spoken = _spoken(parts, pieces, views)
    kept = [said or part.known is not None for part, said in zip(parts, spoken, strict=True)]
    if any(view and not keep for view, keep in zip(views, kept, strict=True)):
        # What was not said had its share of the sound: the lines beside it are better placed without it.
        again = [
            replace(piece, place=view.place if view else piece.place, words=piece.words if keep else ())
            for piece, view, keep in zip(pieces, views, kept, strict=True)
        ]
        again = [replace(piece, wanted=piece.wanted and bool(piece.words)) for piece in again]
        views = [new or old for new, old in zip(_views(job, scorer, again), views, strict=True)]
    levels = plain_levels(recognition.loudness)
    plausible = [
        view is not None
        and bool(piece.words)
        and (not _has_times(part, tokens) or _is_plausible(piece, view, levels))
        for part, piece, view in zip(parts, pieces, views, strict=True)
    ]
    result = list(tokens)
    for part, view, keep in zip(parts, views, kept, strict=True):
        if much and view and not keep:
            result[part.first : part.last] = [unspoken(entry.token) for entry in part.of(tokens)]
    spoken = [said and likely for said, likely in zip(spoken, plausible, strict=True)]
    pieces = [
        replace(piece, wanted=piece.wanted and (said or part.known is None))
        for part, piece, said in zip(parts, pieces, spoken, strict=True)
    ]
    pieces = _giving_way(pieces, views, spoken)
    lost = [False, *(not keep for keep in kept), False]
    for at, (part, piece, view, said) in enumerate(zip(parts, pieces, views, spoken, strict=True)):
        if piece.wanted and view and said:
            beside = (lost[at], lost[at + 2])
            result[part.first : part.last] = _timed(part, piece, view, beside, tokens, levels)
    settled = _in_order(result, parts, pieces)
    if not much:
        return settled
    return [
        entry
        if entry.confidence is None
        else replace(entry, confidence=min(entry.confidence, _MOST_WHERE_MUCH))
        for entry in settled
    ]


def _parts(job: Job, tokens: Sequence[TimedToken]) -> Iterator[_Part]:
    """Yield the sentences of the script that sound, those in doubt without a place."""
    by_line = groupby(range(len(tokens)), key=lambda at: tokens[at].token.line)
    for line, numbers in by_line:
        if line in job.pins.unspoken:
            continue
        places = list(numbers)
        pinned = any(at in job.pins.starts or at in job.pins.ends for at in places)
        for first, last in _sentences(tokens, places[0], places[-1] + 1):
            sounding = tuple(
                at
                for at in range(first, last)
                if tokens[at].token.pronunciations and tokens[at].token.kind is not TokenKind.UNKNOWN
            )
            if not sounding:
                continue
            spans = [span for at in sounding if (span := tokens[at].span) is not None]
            sure = sum(tokens[at].confidence or 0.0 for at in sounding) / len(sounding)
            known = (
                TimeSpan(spans[0].start, spans[-1].end) if spans and (pinned or sure >= _DOUBTFUL) else None
            )
            yield _Part(line, first, last, sounding, known, pinned, not pinned and sure < _UNSURE)


def _sentences(tokens: Sequence[TimedToken], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of the sentences of a line, short ones together, long ones in pieces."""
    begin = first
    for at in range(first, last):
        count = at + 1 - begin
        ends = tokens[at].token.ends_phrase and count >= _LEAST_TO_SPLIT
        if at + 1 == last or ends or count == _MOST_TOGETHER:
            yield begin, at + 1
            begin = at + 1


def _with_places(
    script: Script, parts: Sequence[_Part], speech: Sequence[TimeSpan], duration: int
) -> list[Piece]:
    """Return the parts as pieces: what is in doubt has its share of the time where it must be.

    It is wanted where there is enough speech for it, counting what its neighbours have in excess.
    """
    talking = np.zeros(duration + 1, bool)
    for span in speech:
        talking[span.start : span.end] = True
    spoken = np.concatenate([[0], np.cumsum(talking)])
    pace, detected = _pace(script, parts, spoken)
    pieces: list[Piece] = []
    for in_doubt, numbers in groupby(range(len(parts)), key=lambda at: parts[at].known is None):
        group = list(numbers)
        if not in_doubt:
            for at in group:
                known = parts[at].known or TimeSpan(0, 0)
                start = max(known.start, pieces[-1].place.end if pieces else 0)
                place = TimeSpan(start, max(start, known.end))
                pieces.append(Piece(_texts(script, parts[at]), place, wanted=parts[at].unsure))
            continue
        before = parts[group[0] - 1] if group[0] else None
        after = parts[group[-1] + 1] if group[-1] + 1 < len(parts) else None
        since = before.known.end if before and before.known else 0
        until = max(since, after.known.start if after and after.known else duration)
        needed = [part.phones(script) * pace for part in (parts[at] for at in group)]
        first = (
            min(since, before.known.start + before.phones(script) * pace) if before and before.known else 0
        )
        last = (
            max(until, after.known.end - after.phones(script) * pace) if after and after.known else duration
        )
        room = int(spoken[min(round(last), duration)] - spoken[min(round(first), duration)])
        wanted = room >= _LEAST_SPEECH * detected * min(needed)
        places = _shared(needed, spoken, since, until)
        pieces += [
            Piece(_texts(script, parts[at]) if wanted else (), place, wanted)
            for at, place in zip(group, places, strict=True)
        ]
    return pieces


def _pace(script: Script, parts: Sequence[_Part], spoken: NDArray[np.int64]) -> tuple[float, float]:
    """Return how many milliseconds a phone takes in what is known, and how much of that was taken for speech."""
    known = [(part.known, part.phones(script)) for part in parts if part.known]
    time = sum(span.duration for span, _ in known)
    if not time:
        return float(_PHONE), 0.0
    pace = float(np.median([span.duration / max(1, phones) for span, phones in known]))
    detected = sum(int(spoken[span.end] - spoken[span.start]) for span, _ in known)
    return pace, min(1.0, detected / time)


def _shared(needed: Sequence[float], spoken: NDArray[np.int64], since: int, until: int) -> list[TimeSpan]:
    """Return where parts that need so much time each are, one after the other, between two moments.

    `spoken` (milliseconds + 1,) counts the milliseconds of speech before each. Where there is too little speech for
    all, some was not detected as such, and the rest of the time counts, too, as far as that makes up for it.
    """
    within = spoken[since : until + 1] - spoken[since]
    speech, other = int(within[-1]), until - since - int(within[-1])
    weight = min(1.0, max(_LEAST_WEIGHT, (sum(needed) - speech) / max(1, other)))
    passed = within + weight * (np.arange(len(within)) - within)
    shares = np.cumsum([0.0, *needed]) / max(1.0, sum(needed)) * float(passed[-1])
    edges = [since + int(at) for at in np.searchsorted(passed, shares[:-1])]
    return [TimeSpan(start, max(start, end)) for start, end in zip(edges, [*edges[1:], until], strict=True)]


def _walked(job: Job, scorer: Scorer, parts: Sequence[_Part], pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, with better places where many in a row are in doubt, by a walk through their sound."""
    result = list(pieces)
    reader = WindowReader(job.sound.decode())
    for lost, numbers in groupby(
        range(len(pieces)), key=lambda at: pieces[at].wanted and parts[at].known is None
    ):
        group = list(numbers)
        since = result[group[0] - 1].place.end if group[0] else 0
        until = pieces[group[-1] + 1].place.start if group[-1] + 1 < len(pieces) else job.sound.duration
        if lost and until - since >= _LONG:
            texts = [pieces[at].words for at in group]
            pace = (until - since) / sum(len(word) + 1 for text in texts for word in text)
            places = walk(scorer, texts, TimeSpan(since, until), pace, reader)
            for at, place in zip(group, places, strict=True):
                result[at] = replace(pieces[at], place=place)
    return result


def _texts(script: Script, part: _Part) -> tuple[str, ...]:
    line = script.lines[part.line][1]
    sounding = [script.tokens[at] for at in part.sounding]
    return tuple(token.phrase or line.tokens[token.word].text for token in sounding)


def _views(job: Job, scorer: Scorer, pieces: Sequence[Piece]) -> list[View | None]:
    windows = choose_windows(pieces, scorer.longest, job.sound.duration)
    if not windows:
        return [None] * len(pieces)
    step = f"looking for lines with {scorer.name}"
    total = 0

    def done(window: TimeSpan) -> None:
        nonlocal total
        total += window.duration
        job.observer.advanced(step, total / 1000)

    job.observer.started(step, sum(window.duration for window in windows) / 1000)
    views = fit_pieces(scorer, pieces, windows, cut_windows(job.sound.decode(), windows), done)
    job.observer.finished(step)
    return views


def _spoken(parts: Sequence[_Part], pieces: Sequence[Piece], views: Sequence[View | None]) -> list[bool]:
    """Tell of each piece whether it was said: of those that are not wanted that is known."""
    seen = [(part, view.evidence) for part, view in zip(parts, views, strict=True) if view]
    known = [evidence for part, evidence in seen if part.known]
    found = [evidence for part, evidence in seen if not part.known]
    typical = float(np.median(known if len(known) >= _LEAST_TO_SPLIT else [*known, *found, 0.0]))
    least = max(_LEAST_EVER, _LEAST_EVIDENCE * typical)
    return [
        not piece.wanted
        or (view is not None and view.evidence >= least and view.place.duration >= _least_duration(piece))
        for piece, view in zip(pieces, views, strict=True)
    ]


def _least_duration(piece: Piece) -> int:
    return _SHORTEST_LETTER * sum(len(word) for word in piece.words)


def _has_times(part: _Part, tokens: Sequence[TimedToken]) -> bool:
    """Tell whether at least half of what sounds has a time already."""
    return 2 * sum(tokens[at].span is not None for at in part.sounding) >= len(part.sounding)


def _is_plausible(piece: Piece, view: View, levels: Levels) -> bool:
    """Tell whether no word is so long that it must have swallowed a pause, or speech that the text lacks."""
    frames = _trimmed(piece, view, levels)
    longest = _LONGEST_WORD + max(_LONGEST_LETTER, _SLOWER * _usual(piece, frames)) * _letters(piece)
    return bool((_lengths(frames) <= longest).all())


def _without_swallowed(
    piece: Piece, frames: Sequence[FrameSpan], lost_before: bool, lost_after: bool
) -> list[FrameSpan]:
    """Return the frames of a piece's words, without the sound of a piece beside it that was not found.

    That made one word far too long, and drew the words on that side of it away: these are said at the piece's own pace.
    """
    usual, letters, lengths = _usual(piece, frames), _letters(piece), _lengths(frames)
    likely = np.maximum(1, np.rint(letters * usual / FRAME_MS)).astype(int).tolist()
    far = np.flatnonzero(lengths > _LONGEST_WORD + max(_LONGEST_LETTER, _SLOWER * usual) * letters).tolist()
    own = list(frames)
    if not far:
        return own
    if lost_before:
        end = own[far[-1]][1]
        for at in range(far[-1], -1, -1):
            own[at] = (end - likely[at], end)
            end -= likely[at]
    elif lost_after:
        start = own[far[0]][0]
        for at in range(far[0], len(own)):
            own[at] = (start, start + likely[at])
            start += likely[at]
    return own


def _usual(piece: Piece, frames: Sequence[FrameSpan]) -> float:
    """Return how many milliseconds a letter usually takes in a piece."""
    return float(np.median(_lengths(frames) / _letters(piece)))


def _letters(piece: Piece) -> NDArray[np.int64]:
    return np.array([len(word) for word in piece.words])


def _lengths(frames: Sequence[FrameSpan]) -> NDArray[np.int64]:
    """Return the milliseconds of each word."""
    return np.array([end - start for start, end in frames]) * FRAME_MS


def _trimmed(piece: Piece, view: View, levels: Levels) -> list[FrameSpan]:
    frames = [
        (frame_at(word.start), max(frame_at(word.start) + 1, frame_at(word.end))) for word in view.words
    ]
    return trim(frames, (len(piece.words[0]), len(piece.words[-1])), levels)


def _giving_way(pieces: Sequence[Piece], views: Sequence[View | None], spoken: Sequence[bool]) -> list[Piece]:
    """Return the pieces; wanted is now also one whose known time has the sound of a piece beside it that was found.

    Where a line was missed, the lines beside it are often drawn out over its sound.
    """
    result = list(pieces)
    for at, (piece, view) in enumerate(zip(pieces, views, strict=True)):
        if piece.wanted or view is None or not spoken[at]:
            continue
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(pieces) and pieces[beside].wanted and spoken[beside]:
                found = views[beside]
                if found and found.place.overlap(piece.place) > _ALIKE:
                    result[at] = replace(piece, wanted=True)
    return result


def _timed(
    part: _Part,
    piece: Piece,
    view: View,
    lost: tuple[bool, bool],
    tokens: Sequence[TimedToken],
    levels: Levels,
) -> list[TimedToken]:
    """Return the tokens of a part where the scorer has them; where it had them there before, surer than they were.

    `lost` says whether the part before it was not found, and the part after it.
    """
    before = [tokens[at] for at in range(part.first, part.last)]
    frames = _trimmed(piece, view, levels)
    found = TimeSpan(moment_of(frames[0][0]), moment_of(max(frames[0][0] + 1, frames[-1][1])))
    spans = [entry.span for entry in before if entry.span is not None]
    if len(spans) * 2 > len(part.sounding) and all(
        abs(one - other) <= _ALIKE
        for one, other in ((spans[0].start, found.start), (spans[-1].end, found.end))
    ):
        return [
            replace(entry, confidence=max(_AGREED, entry.confidence or 0.0)) if entry.span else entry
            for entry in before
        ]
    placed = _with_first_start(part, _without_swallowed(piece, frames, *lost), tokens)
    timed = [unspoken(entry.token) for entry in before]
    for at, (start, end) in zip(part.sounding, placed, strict=True):
        span = TimeSpan(moment_of(start), moment_of(max(start + 1, end)))
        timed[at - part.first] = TimedToken(tokens[at].token, Status.MATCHED, span, _CONFIDENT)
    return timed


def _with_first_start(
    part: _Part, frames: Sequence[FrameSpan], tokens: Sequence[TimedToken]
) -> Sequence[FrameSpan]:
    """Return the frames of a part's words, the first from where it began before if the second is where it was.

    A scorer gives the first word whatever comes before it.
    """
    if len(frames) < 2:
        return frames
    first, second = (tokens[at].span for at in part.sounding[:2])
    if first is None or second is None or abs(second.start - moment_of(frames[1][0])) > _ALIKE:
        return frames
    start = frame_at(first.start)
    return [(start, frames[0][1]), *frames[1:]] if frames[0][0] < start < frames[0][1] else frames


def _in_order(
    tokens: Sequence[TimedToken], parts: Sequence[_Part], pieces: Sequence[Piece]
) -> list[TimedToken]:
    """Return `tokens` in order: those of pieces that were looked for give way to the others, or are cut short."""
    result = list(tokens)
    wanted = np.zeros(len(tokens), bool)
    for part, piece in zip(parts, pieces, strict=True):
        wanted[part.first : part.last] = piece.wanted
    after = np.inf
    limits = np.full(len(tokens), np.inf)
    for at in range(len(tokens) - 1, -1, -1):
        span = tokens[at].span
        limits[at] = after
        if span is not None and not wanted[at]:
            after = span.start
    since = 0
    for at, entry in enumerate(result):
        if entry.span is None:
            continue
        if wanted[at]:
            start, end = max(since, entry.span.start), int(min(limits[at], entry.span.end))
            if start >= end:
                result[at] = unspoken(entry.token)
                continue
            result[at] = replace(entry, span=TimeSpan(start, end))
            since = end
        else:
            since = max(since, entry.span.end)
    return result
