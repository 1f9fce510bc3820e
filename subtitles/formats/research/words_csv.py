"""The words as a table (.words.csv), for a spreadsheet, R or pandas."""

from __future__ import annotations

import csv
import io

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.model import Captions

COLUMNS = ("line", "turn", "speaker", "word", "start", "end", "confidence", "status")


def write(captions: Captions) -> bytes:
    """Return a row for each word of the text, also of what was not heard: then it has no time and no confidence.

    Times are seconds. Raises SubtitleError: the captions do not come from an alignment.
    """
    if captions.alignment is None:
        raise SubtitleError("a table of words needs their times, which only an alignment has")
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in captions.alignment.lines:
        for word in line.words:
            times = (
                (f"{word.span.start / 1000:.3f}", f"{word.span.end / 1000:.3f}") if word.span else ("", "")
            )
            confidence = "" if word.confidence is None else f"{word.confidence:.3f}"
            writer.writerow(
                (line.id, line.turn, line.speaker or "", word.text, *times, confidence, word.status.value)
            )
    return table.getvalue().encode()
