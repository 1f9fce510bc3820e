"""Our readers beside pycaption's, on the same files as in `test_beside_others.py`, and on line 21 captions."""

from collections.abc import Callable
from typing import Any

import pytest
from features import FILES, Row, lines_of, ours

pycaption = pytest.importorskip(
    "pycaption",
    reason="pycaption is not here: it brings a package named tests, so it is no dependency of ours",
)


def with_pycaption(reader: Callable[[], Any], data: bytes) -> list[Row]:
    captions = reader().read(data.decode("utf-8-sig"))
    rows = [
        (round(one.start / 1000), round(one.end / 1000), lines_of(one.get_text()))
        for one in captions.get_captions(captions.get_languages()[0])
    ]
    return [row for row in rows if row[2]]


def scc(*rows: str) -> bytes:
    return "\n\n".join(("Scenarist_SCC V1.0", *rows, "")).encode()


LOAD, SHOW, ERASE, WIPE = "9420 9420", "942f 942f", "942c 942c", "94ae 94ae"
SCC: dict[str, bytes] = {
    "plain": scc(f"00:00:01:00\t{WIPE} {LOAD} 9470 9470 4f6e e580 {SHOW}", f"00:00:03:00\t{ERASE}"),
    "two rows": scc(
        f"00:00:01:00\t{WIPE} {LOAD} 1370 1370 4f6e e580 9470 9470 54f7 ef80 {SHOW}", f"00:00:03:00\t{ERASE}"
    ),
    "drop frame": scc(f"00:01:00;02\t{WIPE} {LOAD} 9470 9470 4f6e e580 {SHOW}", f"00:01:03;00\t{ERASE}"),
    "no erase": scc(
        f"00:00:01:00\t{WIPE} {LOAD} 9470 9470 4f6e e580 {SHOW}",
        f"00:00:03:00\t{WIPE} {LOAD} 9470 9470 54f7 ef80 {SHOW}",
    ),
    "codes once": scc("00:00:01:00\t94ae 9420 9470 4f6e e580 942f", "00:00:03:00\t942c"),
    "italics": scc(
        f"00:00:01:00\t{WIPE} {LOAD} 9470 9470 91ae 91ae 4f6e e580 {SHOW}", f"00:00:03:00\t{ERASE}"
    ),
    "special character": scc(
        f"00:00:01:00\t{WIPE} {LOAD} 9470 9470 4f6e e580 9137 9137 {SHOW}", f"00:00:03:00\t{ERASE}"
    ),
    "roll-up": scc(
        "00:00:01:00\t9425 9425 94ad 94ad 9470 9470 4f6e e580",
        "00:00:03:00\t9425 9425 94ad 94ad 9470 9470 54f7 ef80",
        f"00:00:05:00\t{ERASE}",
    ),
    "paint-on": scc("00:00:01:00\t9429 9429 9470 9470 4f6e e580", f"00:00:03:00\t{ERASE}"),
}
READERS = {"vtt": "WebVTTReader", "srt": "SRTReader", "ttml": "DFXPReader", "scc": "SCCReader"}
_AS_MEANT = "it refuses what is not right; we read what is meant"
_NAMES = "it puts the name of a voice before the words"
_TAGS = "it leaves tags as they are in the file"
_RUBY = "it takes the reading for words; ours is no part of the text"
_ARRIVES = "it takes the time of the row; ours is when the first character arrives, two frames later"
DIFFERENCES: dict[str, dict[str, str]] = {
    "vtt": {
        "voice": _NAMES,
        "voice with a class": _NAMES,
        "two voices": _NAMES,
        "ruby": _RUBY,
        "an unknown tag": _TAGS,
        "no blanks around the arrow": _AS_MEANT,
        "commas in times": _AS_MEANT,
        "no blank line": _AS_MEANT,
        "an end before the start": "it keeps the times as they are; ours ends where it begins, with a note",
        "no first line": _AS_MEANT,
    },
    "srt": {
        "italics": _TAGS,
        "font": _TAGS,
        "override": _TAGS,
        "coordinates": _AS_MEANT,
        "points": _AS_MEANT,
        "short": "it takes 3,5 for 3 s and 5 ms; ours is 3.5 s, as players have it",
        "no number": _AS_MEANT,
        "no blank line": "it takes the next caption for words of this one",
        "blank inside": "it drops what is below the blank line, and the captions after it",
        "unclosed": _TAGS,
    },
    "ttml": {
        "no end": _AS_MEANT,
        "nested": "it does not add the time of what the caption lies in",
        "spans": "it does not read the times of spans",
        "blanks": "it drops the second line of the paragraph",
        "comment": "it takes a comment for words",
        "metadata": "it takes metadata for words",
        "ruby": _RUBY,
        "hidden": "it shows what is not displayed",
        "seq": "it knows no containers that show one thing after the other",
        "two divs": "it drops all divisions but the last",
    },
    "scc": {
        "two rows": "it has two captions at once; ours is one of two lines",
        "drop frame": "it counts frames of 1/30 s; ours are of 1001/30000 s",
        "no erase": "it gives the last caption four seconds; ours ends when it can have been read, with a note",
        "roll-up": "it has the new row alone; ours has the row above it, too, as it is shown",
        "paint-on": _ARRIVES,
    },
}
"""By format the features that it reads otherwise than we do, and why."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("format", READERS)
def test_every_difference_to_pycaption_is_explained(format: str) -> None:
    differ = {}
    for name, data in {**FILES, "scc": SCC}[format].items():
        try:
            theirs = with_pycaption(getattr(pycaption, READERS[format]), data)
        except Exception:  # whatever makes it refuse a file
            theirs = None
        if theirs != (own := ours(format, data)):
            differ[name] = theirs, own
    assert set(differ) == set(DIFFERENCES[format]), differ
