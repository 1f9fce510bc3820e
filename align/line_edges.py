"""Line edges: a line begins and ends where its sound does, out from its first and last word to the room's noise.

Where a line begins softly, or trails off in a breath, its phones are found where they are clear. A cut there would clip
the rest of its sound, so its edges move outward, through sound that stands above the noise of the room, until the sound
has died down.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from asdelivered.align.acoustic.features import EDGE_MS, FRAME_MS, moment_of
from asdelivered.align.acoustic.frame_spans import FrameSpan, mask_of, mask_of_times, spans_of
from asdelivered.align.acoustic.pauses.busy_pauses import QUIETER, without_busy_pauses
from asdelivered.align.acoustic.pauses.loud_stretches import loud_without_speech
from asdelivered.align.acoustic.pauses.reverberation import with_echoes
from asdelivered.align.acoustic.pauses.ticking import clicks_beside, ticks_between
from asdelivered.align.acoustic.room import (
    BREATH,
    LEAST_ABOVE,
    WORD_DIP,
    Floats,
    Levels,
    is_loud,
    is_own,
    lasting_rooms,
    levels_between,
    pauses_between,
    plain_levels,
    quietest_near,
)
from asdelivered.align.values.timed_token import TimedToken, timed_by_line
from asdelivered.base.span import TimeSpan

_TOUCHING = 60
"""Milliseconds between two lines, at most, for their border to be looked for anew."""
_PAUSE = 80 // FRAME_MS
"""Frames of quiet near that border, at least, to be the pause between the two: a stop's closure is shorter."""
_BORDER_REACH = 600 // FRAME_MS
_LETTER = 40
"""Milliseconds that a letter takes at least, roughly: so much of a word is never given away."""
_FURTHEST = 900 // FRAME_MS
LINE_DIP = 150 // FRAME_MS
"""The same within a line: the moment between a breath and a word."""
_PAUSE_DIP = 400 // FRAME_MS
"""The same between a line and a sound that belongs to it in the pause beside it."""
_PAUSE_REACH = 600 // FRAME_MS
_STEP = 7.0
"""Decibels by which it must be quieter beside a line than in the rest of a pause, for that to be another room."""
FAR = 200
"""Milliseconds by which an edge is far from where forced alignment found it."""
MOVED_FAR = 0.75
"""The share of its confidence that a line or a word with such an edge keeps. Of 42 such lines with a confidence of 0.9
or more, 9 had an edge that was wrong by over 0.2 s; of 1,230 other lines, 18."""
_MOST_LOUD = 0.7
"""The confidence that a line has at most of which an edge was moved by `FAR` through what is too loud to be a breath:
hardly the line's own."""
_MOST_UNQUIET = 0.85
"""That of a line beside which nothing is quiet or even, or it goes on as loud, or which ends within an echo, or whose
first or last word is drawn out, lies far from the rest or had taken other sound by `FAR`: nothing confirms where
forced alignment has an edge."""
_OTHERS = 600 // FRAME_MS
"""Frames for which somebody must go on talking beside a line, to be somebody else: beside 100 lines of readers and of
many speakers, with pauses of 0.4 s and more, it was never more than 180 ms."""
_ONSET = 10.0
"""Decibels below its level at which applause or music begins and ends."""
_BLURRED = 200 // FRAME_MS
"""Frames by which the detector takes what follows speech, or comes before it, for speech."""
_SURE = 0.9
"""The mean confidence of a line's words from which on the sound beside it can be told from its own."""
_BESIDE = 300 // FRAME_MS
"""Frames beside a line, if there are so many, that tell whether its sound dies down there."""
_CLOSE = 200 // FRAME_MS
"""Frames beside a line below which nothing tells: the next line begins there."""
_AS_LOUD = 10.0
"""Decibels by which what is beside a line is quieter than the line, at most, to hide where it begins or ends: an echo
or an audience that talks is quieter."""
_DRAWN_OUT, _DRAWN_LETTER = 1000, 250
"""Milliseconds that a word lasts, and for each of its letters, from which on nobody draws it out so: it has taken
applause, music or somebody else."""
_LONG_WORD = 800
"""Milliseconds from which on a word that goes on where nobody talks, for `FAR` or more, has taken other sound: of 40
such first and last words of lines, in 3,700 lines of hard sound, all; below it one of three was right."""
_FEW, _PAUSED, _PARTED = 2, 700, 2000
"""Words at the edge of a line, at most, that a pause of so many milliseconds parts from it: of 13 pieces with a pause
of 2 s, 11 were somewhere else, and of five that were squeezed beside one of 0.7 s, four. Learners pause for 1.5 s."""
_BLUR = 2
"""Frames by which sound seems longer than it is: each frame is 25 ms long, and smoothed with its neighbours."""


def settle_edges(
    tokens: Sequence[TimedToken],
    garbage: Sequence[FrameSpan],
    loudness: Floats,
    speech: Sequence[TimeSpan] = (),
) -> tuple[list[TimedToken], dict[int, TimeSpan], dict[int, float]]:
    """Return `tokens`, with the first and the last word of each line as long as their sound, and what is of the lines.

    By the number of each line with a time, that is its span, and the most that its confidence may be.
    A line reaches from its first breath to where its sound ends; `loudness` (frames,) is in dB. A word that becomes
    longer by 0.2 s or more is less certain. Where `speech` goes on beside a line, somebody else is talking, and the
    edge stays: where it is quieter, and so not the line's own. Nor do edges move through applause or music.
    """
    own = without_rooms(tokens, loudness, speech)
    shortened = {
        entry.token.line for entry, kept in zip(tokens, own, strict=True) if _shorter(entry, kept) >= FAR
    }
    tokens = divide_at_pauses(own, plain_levels(loudness))
    settled = list(tokens)
    lines = timed_by_line(tokens)
    inner = [_frames(tokens[places[0]], tokens[places[-1]]) for places in lines.values()]
    lasts = [_frames(tokens[places[-1]], tokens[places[-1]]) for places in lines.values()]
    talking = mask_of_times(speech, len(loudness))
    levels = with_echoes(without_busy_pauses(levels_between(loudness, inner, garbage), inner, talking), inner)
    sounding = [
        (start, sound_end((start, end), last, levels))
        for (start, end), last in zip(inner, lasts, strict=True)
    ]
    others = _others_beside(tokens, lines.values(), inner, talking, levels)
    if speech:
        others += _applause(loudness, speech, [entry.span for entry in tokens if entry.span], levels)
    others += [*ticks_between(levels, inner), *clicks_beside(levels, inner, _FURTHEST)]
    known = [*others, *(span for span in garbage if span[1] - span[0] >= _FURTHEST)]
    words = widen(sounding, known, levels, WORD_DIP)
    for places, before, after in zip(lines.values(), inner, words, strict=True):
        if after[0] != before[0]:
            settled[places[0]] = _moved(settled[places[0]], start=moment_of(after[0]))
        if after[1] != before[1]:
            settled[places[-1]] = _moved(settled[places[-1]], end=moment_of(after[1]))
    wide = share_pauses(widen(words, known, levels, LINE_DIP), [*garbage, *others], levels)
    spans, most = {}, {}
    free = list(pairwise(pauses_between(wide, len(loudness))))
    for (line, places), found, (start, end), (before, after) in zip(
        lines.items(), inner, wide, free, strict=True
    ):
        first_span, last_span = settled[places[0]].span, settled[places[-1]].span
        assert first_span is not None
        assert last_span is not None
        spans[line] = TimeSpan(min(first_span.start, moment_of(start)), max(last_span.end, moment_of(end)))
        drawn_out = any(_is_drawn_out(settled[at]) for at in (places[0], places[-1]))
        astray = _is_astray([tokens[at] for at in places])
        hidden = drawn_out or astray or line in shortened or _is_hidden(found, before, after, levels)
        most[line] = min(_surest(found, (start, end), levels), _MOST_UNQUIET if hidden else 1.0)
    return settled, spans, most


def _shorter(before: TimedToken, after: TimedToken) -> int:
    """Return by how many milliseconds a token is shorter than it was."""
    return before.span.duration - after.span.duration if before.span and after.span else 0


def _surest(found: FrameSpan, settled: FrameSpan, levels: Levels) -> float:
    """Return the confidence that a line may have at most, which forced alignment `found` in frames [start, end).

    It is not sure if an edge was `settled` far out, past what is too loud to be a breath: music, or somebody else. Nor
    is it if it ends in what may be no more than the echo of what came before.
    """
    breath = levels.speech(found) - BREATH
    for start, end in ((settled[0], found[0]), (found[1], settled[1])):
        if end - start >= FAR // FRAME_MS and float(levels.smooth[start:end].mean()) >= breath:
            return _MOST_LOUD
    last = slice(max(settled[0], settled[1] - FAR // FRAME_MS), settled[1])
    if (levels.smooth[last] < levels.echo[last] + LEAST_ABOVE).all():
        return _MOST_UNQUIET
    beside = levels.even[[max(0, settled[0] - _BLUR), min(len(levels.even) - 1, settled[1] + _BLUR)]]
    return _MOST_UNQUIET if np.isposinf(beside).any() else 1.0


def _is_hidden(line: FrameSpan, before: FrameSpan, after: FrameSpan, levels: Levels) -> bool:
    """Tell whether it goes on as loud as a line [start, end) in the pause right `before` it, or right `after` it.

    Applause has begun over the last word then, or somebody breaks in, and nothing shows where the line ends.
    """
    beside = (
        slice(max(before[0], before[1] - _BESIDE), before[1]),
        slice(after[0], min(after[1], after[0] + _BESIDE)),
    )
    least = levels.speech(line) - _AS_LOUD
    return any(
        frames.stop - frames.start >= _CLOSE
        and float(np.median(levels.smooth[frames])) >= least
        and is_loud(line, frames, levels).mean() > 0.5
        for frames in beside
    )


def _others_beside(
    tokens: Sequence[TimedToken],
    lines: Iterable[Sequence[int]],
    edges: Sequence[FrameSpan],
    talking: NDArray[np.bool_],
    levels: Levels,
) -> list[FrameSpan]:
    """Return the frames [start, end) beside lines in which somebody goes on talking for long, and is quieter.

    That is somebody else. `lines` are the places of each line's timed tokens, and `edges` the frames of the lines. Next
    to a line that is unsure, or to a word of the line that has no time, it may be the line's own.
    """
    found: list[FrameSpan] = []
    starts, ends = [start for start, _ in edges], [end for _, end in edges]
    for number, places in enumerate(lines):
        if np.mean([tokens[at].confidence or 0.0 for at in places]) < _SURE:
            continue
        start, end = edges[number]
        since = max(ends[number - 1] if number else 0, start - _FURTHEST)
        until = min(starts[number + 1] if number + 1 < len(starts) else len(talking), end + _FURTHEST)
        beside = []
        if _is_edge(tokens, places[0], -1):
            beside.append((start - _run(talking[since:start][::-1]), start))
        if _is_edge(tokens, places[-1], 1):
            beside.append((end, end + _run(talking[end:until])))
        found += [
            talk
            for talk in beside
            if talk[1] - talk[0] >= _OTHERS and levels.speech(talk) <= levels.speech((start, end)) - QUIETER
        ]
    return found


def _applause(
    loudness: Floats, speech: Sequence[TimeSpan], words: Sequence[TimeSpan], levels: Levels
) -> list[FrameSpan]:
    """Return the frames [start, end) of applause and music, each from its onset to its end.

    The detector of `speech` takes the first claps after a word for speech, too.
    """
    free = ~mask_of_times(words, len(loudness))
    found: list[FrameSpan] = []
    for start, end in loud_without_speech(loudness, speech, words):
        as_loud = free & (levels.smooth >= levels.speech((start, end)) - _ONSET)
        before, after = as_loud[max(0, start - _BLURRED) : start], as_loud[end : end + _BLURRED]
        found.append((start - _last_loud(before[::-1], LINE_DIP), end + _last_loud(after, LINE_DIP)))
    return found


def _is_edge(tokens: Sequence[TimedToken], at: int, step: int) -> bool:
    """Tell whether a token is the first of its line that makes a sound, or the last, as `step` is -1 or 1."""
    line = tokens[at].token.line
    at += step
    while 0 <= at < len(tokens) and tokens[at].token.line == line:
        if tokens[at].token.pronunciations:
            return False
        at += step
    return True


def _run(mask: NDArray[np.bool_]) -> int:
    """Return how many frames are marked from the first one on."""
    return len(mask) if mask.all() else int(mask.argmin())


def without_rooms(
    tokens: Sequence[TimedToken], loudness: Floats, speech: Sequence[TimeSpan] = ()
) -> list[TimedToken]:
    """Return `tokens`; a line's first word begins after what is even in it for long, and its last ends before that.

    Nobody speaks so: forced alignment has taken for the word what a gate, or automatic gain, lets through of the room.
    Nor does a long word go on where nobody talks, by the detector of `speech`.
    """
    own = list(tokens)
    silences = spans_of(~mask_of_times(speech, len(loudness))) if speech else ()
    for places in timed_by_line(tokens).values():
        first = own[places[0]]
        start, end = _frames(first, first)
        runs = [
            run for run in _no_speech(first, loudness, silences) if moment_of(end - run[1]) >= _least(first)
        ]
        if runs:
            own[places[0]] = _moved(first, start=moment_of(runs[-1][1]))
        last = own[places[-1]]
        start, end = _frames(last, last)
        runs = [
            run for run in _no_speech(last, loudness, silences) if moment_of(run[0] - start) >= _least(last)
        ]
        if runs:
            own[places[-1]] = _moved(last, end=moment_of(runs[0][0]))
    return own


def _no_speech(word: TimedToken, loudness: Floats, silences: Sequence[FrameSpan]) -> list[FrameSpan]:
    """Return the frames [start, end) of what is surely not spoken in a word with a time, or beside it, ascending.

    `silences`, frames [start, end), ascending, are those in which the detector hears nobody. It misses what is said
    softly, but hardly half of a word.
    """
    start, end = _frames(word, word)
    found = lasting_rooms(loudness, (start, end))
    if (end - start) * FRAME_MS >= _LONG_WORD and len(word.token.spoken) == 1:
        near = slice(
            bisect_right(silences, start, key=lambda run: run[1]),
            bisect_left(silences, end, key=lambda run: run[0]),
        )
        found += [
            run
            for run in silences[near]
            if min(run[1], end) - max(run[0], start) >= min(run[1] - run[0], FAR // FRAME_MS)
        ]
    return sorted(found)


def divide_at_pauses(tokens: Sequence[TimedToken], levels: Levels) -> list[TimedToken]:
    """Return `tokens`; two lines without a pause between them are divided at one near their border, if there is any.

    Where the last word of a line or the first of the next was said unclearly, forced alignment may give the one the
    sound of the other, and the pause between them.
    """
    divided = list(tokens)
    for before, after in pairwise(timed_by_line(tokens).values()):
        last, first = divided[before[-1]], divided[after[0]]
        earlier = _frames(divided[before[0]], last)
        later = _frames(first, divided[after[-1]])
        pause = _pause_near(last, first, earlier, later, levels)
        if pause is not None:
            divided[before[-1]] = _moved(last, end=moment_of(pause[0]))
            divided[after[0]] = _moved(first, start=moment_of(pause[1]))
    return divided


def _pause_near(
    last: TimedToken, first: TimedToken, earlier: FrameSpan, later: FrameSpan, levels: Levels
) -> FrameSpan | None:
    """Return the longest pause near the border of two lines, frames [start, end); None where that is at the border."""
    assert last.span is not None
    assert first.span is not None
    if first.span.start - last.span.end > _TOUCHING:
        return None
    until, since = earlier[1], later[0]
    start = max(until - max(0, last.span.duration - _least(last)) // FRAME_MS, until - _BORDER_REACH)
    end = min(since + max(0, first.span.duration - _least(first)) // FRAME_MS, since + _BORDER_REACH)
    near = slice(min(start, until), max(end, since))
    quiet = ~is_loud(earlier, near, levels) & ~is_loud(later, near, levels)
    runs = [(near.start + begin, near.start + stop) for begin, stop in spans_of(quiet)]
    longest = max(runs, key=lambda run: run[1] - run[0], default=(0, 0))
    if longest[1] - longest[0] < _PAUSE or longest[0] - _BLUR <= until <= since <= longest[1] + _BLUR:
        return None
    return longest


def _least(word: TimedToken) -> int:
    """Return how many milliseconds a word takes at least."""
    return _LETTER * sum(map(len, word.token.spoken))


def _is_drawn_out(word: TimedToken) -> bool:
    """Tell whether a word with a time lasts longer than anybody says it; a number in digits doesn't show how long."""
    assert word.span is not None
    text = "".join(word.token.spoken)
    return word.span.duration >= max(_DRAWN_OUT, _DRAWN_LETTER * len(text)) and not re.search(r"\d", text)


def _is_astray(words: Sequence[TimedToken]) -> bool:
    """Tell whether the first or the last word or two of a line, all with a time, lie somewhere else than the line.

    A pause parts them from the rest, and it is long, or they are shorter than anybody says them.
    """
    for count in range(1, min(_FEW, (len(words) - 1) // 2) + 1):
        for piece, beside in ((words[:count], words[count]), (words[-count:], words[-count - 1])):
            first, last = piece[0].span, piece[-1].span
            assert first is not None
            assert last is not None
            assert beside.span is not None
            pause = max(beside.span.start - last.end, first.start - beside.span.end)
            if pause >= _PARTED or (pause >= _PAUSED and last.end - first.start < sum(map(_least, piece))):
                return True
    return False


def _moved(word: TimedToken, start: int | None = None, end: int | None = None) -> TimedToken:
    """Return a word with another edge, and less confidence where that is far from where it was found."""
    assert word.span is not None
    assert word.confidence is not None
    span = TimeSpan(word.span.start if start is None else start, word.span.end if end is None else end)
    far = span.duration - word.span.duration >= FAR
    confidence = word.confidence * MOVED_FAR if far else word.confidence
    return replace(word, span=span, confidence=confidence)


def _frames(first: TimedToken, last: TimedToken) -> FrameSpan:
    """Return the frames [start, end) from the start of one timed token to the end of another."""
    assert first.span is not None
    assert last.span is not None
    return max(0, first.span.start - EDGE_MS) // FRAME_MS, (last.span.end - EDGE_MS) // FRAME_MS


def sound_end(line: FrameSpan, last_word: FrameSpan, levels: Levels) -> int:
    """Return the frame at which the sound of a line [start, end) ends, at most half of its last word before its end.

    Forced alignment gives the last word what it can't tell from silence: a soft ending, but also the room's noise.
    """
    end = line[1]
    half = slice(end - (last_word[1] - last_word[0]) // 2, end)
    beside = min(end, len(levels.smooth) - 1)
    room = levels.room(slice(beside, beside + 1), quietest_near(line, levels))
    loud = np.flatnonzero(levels.smooth[half] >= room + LEAST_ABOVE)
    return min(end, half.start + int(loud[-1]) + 1 + _BLUR) if len(loud) else end


def widen(
    edges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]], levels: Levels, dip: int
) -> list[tuple[int, int]]:
    """Return `edges`, frames [start, end) ascending without overlap, each moved out to where its sound ends.

    A sound continues across dips to the level of the room of fewer than `dip` frames. No edge moves by more than 0.9 s,
    nor past a neighbour's, nor into `taken`, frames [start, end) of sound that is known to be something else.
    """
    count = len(levels.smooth)
    lasts = [0, *sorted(end for _, end in taken)]
    firsts = [*sorted(start for start, _ in taken), count]
    wide: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(edges):
        floor = max(lasts[bisect_right(lasts, start) - 1], wide[-1][1] if wide else 0)
        after = edges[number + 1][0] if number + 1 < len(edges) else count
        ceiling = min(firsts[min(bisect_left(firsts, end), len(firsts) - 1)], after)
        before = slice(max(floor, start - _FURTHEST), start)
        behind = slice(end, min(ceiling, end + _FURTHEST))
        first = start - _reach(is_own((start, end), before, levels)[::-1], dip)
        last = end + _reach(is_own((start, end), behind, levels), dip)
        wide.append((first, last))
    return wide


def share_pauses(
    edges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]], levels: Levels
) -> list[tuple[int, int]]:
    """Return `edges`, frames [start, end) ascending without overlap, each with the sounds of its side of the pause.

    Each pause is divided at its longest quiet part: a breath or the lips before that belong to the line before, what
    comes after it to the line after. Sound more than 0.6 s from an edge belongs to neither, nor does `taken`, sound
    that is known to be something else.
    """
    smooth = levels.smooth
    other = mask_of(taken, len(smooth))
    quiet = smooth < levels.room(slice(None), levels.quietest) + LEAST_ABOVE
    firsts, lasts = [start for start, _ in edges], [end for _, end in edges]
    for after in range(len(edges) + 1):
        pause = slice(lasts[after - 1] if after else 0, firsts[after] if after < len(edges) else len(smooth))
        first, last = max(spans_of(quiet[pause]), key=lambda run: run[1] - run[0], default=(0, 0))
        if last - first <= _PAUSE_DIP:
            continue
        ends, starts = slice(pause.start, pause.start + first), slice(pause.start + last, pause.stop)
        # Where it is quieter beside a line than in the pause, what is between is the step into another room.
        least = float(np.median(smooth[pause][first:last])) - _STEP
        if after and smooth[ends].min(initial=np.inf) > least:
            lasts[after - 1] += _near(is_own(edges[after - 1], ends, levels), other[ends])
        if after < len(edges) and smooth[starts].min(initial=np.inf) > least:
            firsts[after] -= _near(is_own(edges[after], starts, levels)[::-1], other[starts][::-1])
    return list(zip(firsts, lasts, strict=True))


def _near(loud: NDArray[np.bool_], other: NDArray[np.bool_]) -> int:
    """Return how many frames of a pause, counted from a line's edge, belong to the line: up to a sound near it."""
    reach = _last_loud(loud, _PAUSE_DIP)
    return max(0, reach - _BLUR) if reach <= _PAUSE_REACH and not other[:reach].any() else 0


def _reach(loud: NDArray[np.bool_], dip: int) -> int:
    """Return for how many frames the sound continues, across dips.

    That is 0 where it does not die down: then it belongs to the room, or to somebody else.
    """
    reach = _last_loud(loud, dip)
    return max(0, reach - _BLUR) if reach < len(loud) else 0


def _last_loud(loud: NDArray[np.bool_], dip: int) -> int:
    """Return the number of frames up to the last loud one before `dip` quiet ones."""
    reach = 0
    for at, sounds in enumerate(loud):
        if sounds:
            reach = at + 1
        elif at - reach >= dip:
            break
    return reach
