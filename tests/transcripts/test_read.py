"""Files of text: what is read, and what is refused."""

import hashlib
import json
import os
import pickle
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from asdelivered.transcripts.encodings import LARGEST_TEXT
from asdelivered.transcripts.errors import TranscriptError
from asdelivered.transcripts.model import LineKind, TokenKind
from asdelivered.transcripts.read import read_transcript

PACKAGE = "asdelivered.transcripts.formats"


def test_the_page_of_a_real_event(corpus: Path, seed_page: Path) -> None:
    page = read_transcript(seed_page)
    truth = json.loads((corpus / "event-clean.truth.json").read_text(encoding="utf-8"))
    spoken = [(turn.speaker, line.text) for turn, line in page.spoken_lines()]
    assert spoken == [(line["speaker"], line["text"]) for line in truth["lines"]]
    assert Counter(speaker for speaker, _ in spoken) == {
        "NATO Secretary General Mark Rutte": 244,
        "Rosa Balfour, Director Carnegie Europe": 16,
        "Question from the audience": 7,
    }
    assert page.title == "To Prevent War, NATO Must Spend More"
    assert page.occasion == "Speech by NATO Secretary General Mark Rutte at the Concert Noble, Brussels"
    assert page.date == date(2024, 12, 12)
    data = seed_page.read_bytes()
    assert page.source.encode() == data
    assert page.sha256 == hashlib.sha256(data).hexdigest()
    kinds = Counter(line.kind for turn in page.turns for line in turn.lines)
    assert kinds[LineKind.SEPARATOR] == 3
    assert kinds[LineKind.SPEAKER] == 38
    unknown = [
        token.text
        for _, line in page.spoken_lines()
        for token in line.tokens
        if token.kind is TokenKind.UNKNOWN
    ]
    assert set(unknown) == {"[inaudible]", "[inaudible].", "[inaudible],"}


@pytest.mark.parametrize(
    "name", ["real-en-kathleen", "real-en-ocean", "real-en-mixed-mismatch", "real-de-kerstin"]
)
def test_rows_of_speech_are_all_spoken(corpus: Path, name: str) -> None:
    file = corpus / f"{name}.txt"
    page = read_transcript(file, "de" if "-de-" in name else "en")
    rows = [row for row in file.read_text(encoding="utf-8").split("\n") if row.strip()]
    assert [line.text for _, line in page.spoken_lines()] == [row.strip() for row in rows]


@pytest.mark.parametrize(
    "data",
    [
        "It’s “good”.\r\n".encode(),
        b"\xef\xbb\xbf" + "It’s “good”.\r\n".encode(),
        "It’s “good”.\r\n".encode("cp1252"),
        "It’s “good”.\r\n".encode("utf-16"),
        b"\xfe\xff" + "It’s “good”.\r\n".encode("utf-16-be"),
        "It’s “good”.\r\n".encode("utf-32"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    assert read_transcript(file).source == "It’s “good”.\r\n"


REFUSED = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\n", "is empty"),
    "no speech": (b"***\n\n(As delivered)\n", "no line of speech"),
    "zero bytes": (b"abc\0def", "not a text file"),
    "control characters": (b"\x01\x02\x03abc", "not a text file"),
    "neither encoding": (b"caf\xe9 \x81\x8d", "not a text file"),
    "Ogg": (b"OggS\x00\x02" + bytes(60), "is a recording"),
    "MP4": (b"\x00\x00\x00\x18ftypmp42" + bytes(60), "is a recording"),
    "MP3": (b"ID3\x04\x00", "is a recording"),
    "PDF": (b"%PDF-1.7\n", "a damaged PDF file"),
    "Word": (b"PK\x03\x04\x14", "a damaged Word file"),
    "HTML": (b"\n<!DOCTYPE html><html>", "is empty"),
    "cut UTF-16": (b"\xff\xfea", "is damaged"),
    "too large": (b"a b\n" * (LARGEST_TEXT // 4 + 1), "more than 32 MB"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(tmp_path: Path, case: str) -> None:
    data, why = REFUSED[case]
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    with pytest.raises(TranscriptError) as error:
        read_transcript(file)
    message = str(error.value)
    assert why in message
    assert str(file) in message
    assert "\n" not in message
    assert message.endswith(".")
    assert str(pickle.loads(pickle.dumps(error.value))) == message


def test_a_recording_of_the_corpus_is_refused(corpus: Path) -> None:
    for name in ("event-clean.opus", "excerpt-25fps-tc10h.mp4", "excerpt-2997df-tc1h.mov"):
        with pytest.raises(TranscriptError, match=r"recording|larger than"):
            read_transcript(corpus / name)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="There is no transcript at"):
        read_transcript(tmp_path / "page.txt")


def test_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Yes.")
    with pytest.raises(TranscriptError, match="cannot be read"):
        read_transcript(tmp_path / "page.txt" / "page.txt")


def test_a_name_with_a_zero_byte() -> None:
    with pytest.raises(TranscriptError, match="is not a valid file name"):
        read_transcript(Path("a\0b"))


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="is a folder"):
        read_transcript(tmp_path)


def test_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "page.txt")
    with pytest.raises(TranscriptError, match="not a regular file"):
        read_transcript(tmp_path / "page.txt")


def test_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("Yes.")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read every file")
    with pytest.raises(TranscriptError, match="cannot be read"):
        read_transcript(file)


def test_nobody_waits_for_the_parsers_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text("Ann Hill: Good morning.\n", encoding="utf-8")
    script = "import sys; from asdelivered.transcripts.read import read_transcript\n"
    script += "read_transcript('speech.txt'); print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    formats = {name.split(".")[3] for name in run.stdout.split() if name.startswith(f"{PACKAGE}.")}
    others = {
        "pdf",
        "docx",
        "odt",
        "rtf",
        "html",
        "markdown",
        "mail",
        "caption_files",
        "parliaments",
        "speech_json",
    }
    assert "plain" in formats
    assert not formats & others


def test_a_title_is_not_shown_as_the_occasion_again(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<title>Remarks by the Mayor at the Port | City</title><h1>Remarks by the Mayor  at the Port</h1>"
        "<p>3 May 2027</p>"
        "<p>MAYOR: Good morning.</p><p>Q: When?</p><p>MAYOR: In May.</p>",
        encoding="utf-8",
    )
    read = read_transcript(page)
    assert (read.title, read.occasion) == ("Remarks by the Mayor at the Port", None)
