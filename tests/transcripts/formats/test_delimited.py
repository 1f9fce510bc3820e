"""Tables as text: their cells become turns, and prose with commas is none."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.formats import read_document
from asdelivered.transcripts.source import Source

TURNS = [
    ("Anna Reed", "Good morning, everyone. The road is open."),
    ("Tom Hale", "Who pays for it?"),
    ("Anna Reed", "The port does."),
]


def read(text: str) -> tuple[str, list[tuple[str | None, str]]]:
    found, document = read_document(Source("x", text.encode()))
    return found, [(row.speaker, row.content) for row in document.rows]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize(
    "headers",
    ["Start,End,Speaker,Text", "Speaker Name,Start Time,End Time,Transcript", "id,name,content", None],
)
def test_turns(delimiter: str, headers: str | None) -> None:
    names = headers.split(",") if headers else ["Start", "Speaker", "Text"]
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter)
    if headers:
        writer.writerow(names)
    for number, (who, text) in enumerate(TURNS):
        cells = {"s": who, "n": who, "t": text, "c": text}
        row = [
            f"00:00:0{number}" if name[:2].lower() in ("st", "en", "id") else cells[name[0].lower()]
            for name in names
        ]
        writer.writerow(row)
    assert read(written.getvalue()) == ("csv", TURNS)


def test_captions_without_headers() -> None:
    rows = [
        "0.000000\t3.200000\tGood morning.",
        "3.200000\t4.000000\tIn May.",
        "4.000000\t6.500000\tThank you all.",
    ]
    found, said = read("\n".join(rows))
    assert found == "csv"
    assert [text for _, text in said] == ["Good morning.", "In May.", "Thank you all."]


def test_a_last_cell_without_quotes_is_whole() -> None:
    assert read("start,text\n0,Yes\n1,No, never, I said\n")[1] == [(None, "Yes"), (None, "No, never, I said")]


def test_a_cell_too_many_is_an_error() -> None:
    good = "".join(f"Good,{second}\n" for second in range(20))
    with pytest.raises(TranscriptError, match="row 22"):
        read(f"text,start\n{good}No, never,3\n")


def test_a_label_in_the_text_is_unspoken() -> None:
    _, document = read_document(Source("x", b"speaker,text\nAnn Hill,Ann Hill: In May.\nTom,Result: none.\n"))
    assert [[row.text[mark.start : mark.end] for mark in row.marks] for row in document.rows] == [
        ["Ann Hill: "],
        [],
    ]


@given(
    st.lists(
        st.sampled_from(["text", "speaker", "start", ",", "the", "end", ".", "\n", ", and"]), min_size=3
    ).map(" ".join)
)
def test_prose_is_no_table(text: str) -> None:
    prose = f"So {text}, she said.\nIt was late, and cold.\nNo, never."
    assert read_document(Source("x", prose.encode()))[0] != "csv"


def test_characters_as_web_pages_write_them() -> None:
    _, rows = read(
        "speaker,text\nAnn,Tides&#8212;and R&amp;D &#x2014; of &unknown; AT&T; at noon.\nTom,Yes.\nAnn,So.\n"
    )
    assert rows[0] == ("Ann", "Tides—and R&D — of &unknown; AT&T; at noon.")
