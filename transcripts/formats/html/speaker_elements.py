"""Elements of a web page that call themselves speakers, as the records of many institutions and podcasts have them."""

from __future__ import annotations

from asdelivered.transcripts.document import Style
from asdelivered.transcripts.formats.html.blocks import Block, Blocks, names_speaker
from asdelivered.transcripts.structure.phrases import ends_sentence

_FEWEST = 3
_LONGEST = 10
"""Words of a name with an office."""
_FOLLOWED = 0.8
"""At least this share of the names stand right above speech."""
_SPEECH = 2
"""Words, at least, of what stands below a name, if it ends as a sentence does."""


def named_speakers(page: Blocks) -> frozenset[int]:
    """Return the indices of the blocks that are the names of speakers; none where the names stand above no speech.

    A list of those who will speak has the same classes, but offices or further names below the names.
    """
    found = [number for number, block in enumerate(page.blocks) if _is_name(page, block)]
    followed = sum(number + 1 < len(page.blocks) and _is_speech(page.blocks[number + 1]) for number in found)
    if len(found) < _FEWEST or followed < _FOLLOWED * len(found):
        return frozenset()
    return frozenset(found)


def _is_name(page: Blocks, block: Block) -> bool:
    if block.rule or len(block.rows) != 1 or not 0 < len(block.rows[0].content.split()) <= _LONGEST:
        return False
    row = block.rows[0]
    bold = sum(end - start for start, end in row.marked(Style.BOLD))
    if bold < len(row.content) or ends_sentence(row.content.rstrip(": ")):
        return False
    element = block.element
    while element > 0:
        if names_speaker(page.elements[element]):
            return True
        element = page.elements[element].parent
    return False


def _is_speech(block: Block) -> bool:
    text = block.rows[-1].content
    return len(text.split()) >= _SPEECH and ends_sentence(text) and not text.endswith(":")
