"""Two speakers in one cue, a dash before each: for a style that has it, where one of them alone could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from asdelivered.subtitles.cueing.segmentation import Block
from asdelivered.subtitles.cueing.units import text_of, units_of
from asdelivered.subtitles.lengths import width_of
from asdelivered.subtitles.style import Kind, Style

CLOSE = 1000
"""Milliseconds within which the second speaker answers the first."""


def with_dialogues(
    blocks: Sequence[Block], style: Style, reading_time: Callable[[Block], int]
) -> list[Block]:
    """Return the blocks, joined in pairs where a second speaker answers before the first could be read.

    `reading_time` returns how many milliseconds a block has to stay.
    """
    if not style.dialogue or style.max_lines < 2:
        return list(blocks)
    gap = int(style.time(Kind.GAP) or 0)
    made: list[Block] = []
    for block in blocks:
        last = made[-1] if made else None
        if (
            last is not None
            and last.edit is None
            and block.edit is None
            and last.speaker is not None
            and block.speaker not in (None, last.speaker)
            and block.start - gap - last.start < reading_time(last)
            and block.start - last.end < CLOSE
            and (pair := _pair(last, block, style)) is not None
            and max(pair.end - pair.start, reading_time(pair)) <= style.max_duration
        ):
            made[-1] = pair
        else:
            made.append(block)
    return made


def _pair(first: Block, second: Block, style: Style) -> Block | None:
    """Return both blocks as one; None where their lines are too long."""
    lines = tuple(f"{style.dialogue}{_one_line(block)}" for block in (first, second))
    if any(width_of(line) > style.max_line_length for line in lines):
        return None
    words = tuple((block.words[0][0], block.words[-1][1]) for block in (first, second) if block.words)
    return Block(None, second.turn, lines, first.start, max(first.end, second.end), words=words)


def _one_line(block: Block) -> str:
    return text_of([(unit.text, unit.glued) for unit in units_of(block.lines)])
