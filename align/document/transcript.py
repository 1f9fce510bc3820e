"""The text of an alignment as a transcript: the page itself may have moved, or been read with corrections."""

from __future__ import annotations

from asdelivered.align.document.alignment import AlignedLine, Alignment, turns_of
from asdelivered.transcripts.model import Line, LineKind, Transcript, Turn
from asdelivered.transcripts.spoken.lines import speak


def transcript_of(alignment: Alignment) -> Transcript:
    """Return the spoken lines of an alignment as a transcript, with the same ids."""
    source = alignment.transcript

    def line_of(line: AlignedLine) -> Line:
        words = [word.text for word in line.words]
        return Line(line.id, LineKind.SPOKEN, line.text + "\n", speak(words, source.language))

    turns = tuple(
        Turn(turn, speaker, tuple(map(line_of, lines))) for turn, speaker, lines in turns_of(alignment.lines)
    )
    return Transcript(source.path, source.sha256, source.title, None, None, source.language, turns)
