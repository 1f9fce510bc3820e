"""The Alignment document: what is saved is what is loaded, and nothing else is."""

import copy
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from any_alignment import ALIGNMENTS
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.document.alignment import (
    AlignedLine,
    AlignedWord,
    Alignment,
    Draft,
    EngineInfo,
    RecordingSource,
    Status,
    TranscriptSource,
)
from asdelivered.align.document.alignment_json import MAX_BYTES, from_json, load, save, to_json
from asdelivered.align.errors import AlignError
from asdelivered.base.span import TimeSpan

REPOSITORY = Path(__file__).resolve().parents[3]


def word(text: str, start: int | None = None, end: int | None = None) -> AlignedWord:
    if start is None or end is None:
        return AlignedWord(text, Status.UNSPOKEN, None, None)
    return AlignedWord(text, Status.MATCHED, TimeSpan(start, end), 0.987)


def alignment(*lines: AlignedLine) -> Alignment:
    return Alignment(
        transcript=TranscriptSource("page.txt", "a" * 64, "To Prevent War, NATO Must Spend More", "en"),
        recording=RecordingSource("event.opus", "b" * 64, 3_280_123),
        engine=EngineInfo("sphinx", "5.1.1", {"beam": 1e-20, "jobs": 2, "filler": True, "model": "en-us"}),
        lines=lines,
        untranscribed=(TimeSpan(0, 750),),
        created="2026-11-24T10:00:00+00:00",
    )


SPOKEN = AlignedLine(
    id="12",
    turn="1",
    speaker="Mark Rutte",
    text="It’s you – I’m talking to.",
    status=Status.MATCHED,
    span=TimeSpan(800, 2364),
    confidence=0.9874,
    words=(
        word("It’s", 800, 1000),
        word("you", 1000, 1407),
        word("–"),
        word("I’m", 1407, 1500),
        word("talking", 1500, 2000),
        word("to.", 2000, 2364),
    ),
)
UNSPOKEN = AlignedLine(
    "13", "1", None, "One day -", Status.UNSPOKEN, None, None, tuple(map(word, ["One", "day", "-"]))
)


@pytest.fixture
def data() -> dict[str, Any]:
    return to_json(alignment(SPOKEN, UNSPOKEN))


def test_the_document_has_the_promised_keys_in_order(data: dict[str, Any]) -> None:
    assert list(data) == [
        "schema",
        "version",
        "transcript",
        "recording",
        "engine",
        "lines",
        "untranscribed",
        "sounds",
        "created",
    ]
    assert data["schema"] == "asdelivered/alignment"
    assert data["version"] == 1
    assert list(data["transcript"]) == ["path", "sha256", "title", "language"]
    assert list(data["recording"]) == ["path", "sha256", "duration"]
    assert list(data["engine"]) == ["name", "version", "settings"]
    assert list(data["lines"][0]) == [
        "id",
        "turn",
        "speaker",
        "text",
        "status",
        "start",
        "end",
        "confidence",
        "words",
    ]
    assert data["lines"][0]["words"][5] == {
        "text": "to.",
        "status": "matched",
        "start": 2.0,
        "end": 2.364,
        "confidence": 0.987,
    }
    assert data["recording"]["duration"] == 3280.123
    assert data["untranscribed"] == [{"start": 0.0, "end": 0.75}]


def test_the_event_comes_back_and_is_left_out_where_unknown() -> None:
    plain = alignment(SPOKEN)
    event = replace(plain.transcript, occasion="Speech at the Old Customs House", date=date(2026, 10, 3))
    stated = to_json(replace(plain, transcript=event))
    assert stated["transcript"]["occasion"] == "Speech at the Old Customs House"
    assert stated["transcript"]["date"] == "2026-10-03"
    assert from_json(stated).transcript == event
    assert from_json(to_json(plain)).transcript == plain.transcript


@pytest.mark.parametrize("day", ["2026-02-30", "0000-01-01", "3 October 2026", "2026-10-03T10:00"])
def test_a_date_that_is_no_day_is_refused(data: dict[str, Any], day: str) -> None:
    data["transcript"]["date"] = day
    with pytest.raises(AlignError, match="/transcript/date"):
        from_json(data)


def test_what_has_no_time_has_no_confidence() -> None:
    odd = AlignedWord("–", Status.INTERPOLATED, None, 0.5)
    line = AlignedLine("1", "1", None, "–", Status.INTERPOLATED, None, 0.5, (odd,))
    document = to_json(alignment(line))["lines"][0]
    assert document["start"] is document["end"] is document["confidence"] is None
    assert document["words"][0]["confidence"] is None


def test_saved_text_is_readable_and_the_same_each_time(tmp_path: Path) -> None:
    save(alignment(SPOKEN, UNSPOKEN), tmp_path / "1.json")
    save(alignment(SPOKEN, UNSPOKEN), tmp_path / "2.json")
    text = (tmp_path / "1.json").read_text("utf-8")
    assert text == (tmp_path / "2.json").read_text("utf-8")
    assert (
        '\n    {"text": "It’s", "status": "matched", "start": 0.8, "end": 1.0, "confidence": 0.987},\n'
        in text
    )
    assert json.loads(text) == to_json(alignment(SPOKEN, UNSPOKEN))
    assert text.endswith("\n}\n")


def test_an_alignment_without_lines(tmp_path: Path) -> None:
    save(alignment(), tmp_path / "a.json")
    assert load(tmp_path / "a.json").lines == ()


@given(ALIGNMENTS)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, wanted: Alignment) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.json"
    save(wanted, path)
    assert load(path) == wanted


def test_a_document_of_before_sounds_were_told_is_read() -> None:
    data = to_json(alignment(SPOKEN))
    del data["sounds"]
    assert from_json(data).sounds == ()


def test_a_line_tells_its_engine_where_it_has_one(data: dict[str, Any]) -> None:
    assert "engine" not in data["lines"][0]
    assert from_json(data).lines[0].engine is None
    data["lines"][0]["engine"] = "aeneas"
    loaded = from_json(data)
    assert loaded.lines[0].engine == "aeneas"
    assert to_json(loaded) == data
    data["lines"][0]["engine"] = ""
    with pytest.raises(AlignError, match="at /lines/0/engine"):
        from_json(data)


def test_a_line_tells_its_channel_where_it_has_one(data: dict[str, Any]) -> None:
    assert "channel" not in data["lines"][0]
    assert from_json(data).lines[0].channel is None
    data["lines"][0]["channel"] = 2
    loaded = from_json(data)
    assert loaded.lines[0].channel == 2
    assert to_json(loaded) == data
    data["lines"][0]["channel"] = 0
    with pytest.raises(AlignError, match="at /lines/0/channel"):
        from_json(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def damaged(draw: st.DrawFn) -> object:
    """A document in which one value was replaced by another, or one was removed."""
    document: Any = to_json(alignment(SPOKEN, UNSPOKEN))
    place = document
    while True:
        key = draw(st.sampled_from(list(place) if isinstance(place, dict) else range(len(place))))
        if isinstance(place[key], (dict, list)) and place[key] and draw(st.integers(0, 3)):
            place = place[key]
            continue
        if draw(st.booleans()):
            del place[key]
        else:
            place[key] = draw(JSON)
        return document


@given(damaged())
@settings(max_examples=300)
def test_a_damaged_document_is_refused_in_one_sentence_or_still_an_alignment(document: object) -> None:
    message = ""
    try:
        loaded = from_json(document)
    except AlignError as error:
        message = str(error)
    else:
        assert from_json(to_json(loaded)) == loaded
    assert "\n" not in message


def put(value: object, *keys: str | int) -> dict[str, Any]:
    document: Any = to_json(alignment(SPOKEN, UNSPOKEN))
    place = document
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = value
    return copy.deepcopy(document)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], 'is not an alignment: "schema" is not "asdelivered/alignment" in it'),
        ({"version": 1}, 'is not an alignment: "schema" is not "asdelivered/alignment" in it'),
        (
            put(2, "version"),
            "is an alignment of version 2, this program reads up to 1: update asdelivered",
        ),
        (put("1", "version"), "at /version: 1 was expected"),
        (put(True, "version"), "at /version: 1 was expected"),
        (put(None, "lines", 0, "words", 1, "end"), "at /lines/0/words/1/end: null is not of type"),
        (put(0.5, "lines", 1, "confidence"), "at /lines/1/confidence: 0.5 is not of type"),
        (put(1.01, "lines", 0, "confidence"), "at /lines/0/confidence: 1.01 is greater than"),
        (
            put("unspoken", "lines", 0, "words", 0, "status"),
            'at /lines/0/words/0/status: "unspoken" is not one of',
        ),
        (put("heard", "lines", 0, "status"), 'at /lines/0/status: "heard" is not one of'),
        (put(-1, "recording", "duration"), "at /recording/duration: -1 is less than"),
        (put(400_000, "lines", 0, "words", 0, "end"), "at /lines/0/words/0/end: 400000 is greater than"),
        (put(0.1, "lines", 0, "words", 0, "end"), "at /lines/0/words/0: the end lies before the start"),
        (
            put({"start": 2, "end": 1}, "untranscribed", 0),
            "at /untranscribed/0: the end lies before the start",
        ),
        (put("It’s I.", "lines", 0, "text"), "at /lines/0/words: they are not the words of its text"),
        (put([], "lines", 0, "words"), "at /lines/0/words: they are not the words of its text"),
        (put(1, "lines", 0, "note"), "at /lines/0: Unevaluated properties are not allowed"),
        (put(1, "note"), "at the root: Additional properties are not allowed"),
        (put("A" * 64, "transcript", "sha256"), "at /transcript/sha256: "),
        (put([], "engine", "settings", "a/b~"), "at /engine/settings/a~1b~0: "),
        (put(float("nan"), "lines", 0, "start"), "it holds what JSON has no form for"),
        (put(float("inf"), "lines", 1, "end"), "it holds what JSON has no form for"),
        (put("\ud800", "lines", 0, "speaker"), "it holds what JSON has no form for"),
        (put("x" * 100_000, "lines", 0, "start"), "x..."),
    ],
)
def test_what_is_refused_and_where(document: object, message: str) -> None:
    with pytest.raises(AlignError) as caught:
        from_json(document)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON at line 1, column 1"),
        (b'{"schema": "asdelivered/alignment",\n"version": ', "not JSON at line 2, column 12"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello\n", "it is SubRip captions: make an alignment first"),
        (b"\xff\xfe{}", "not JSON in UTF-8"),
        (b"[" * 100_000, "not JSON in UTF-8"),
        (b'{"schema": ' + b"9" * 5000 + b"}", "not JSON in UTF-8"),
        (b'{"schema": "asdelivered/alignment", "version": 1, "lines": 1e999}', "no form for"),
        (b'{"schema": "asdelivered/alignment", "version": 1, "lines": NaN}', "no form for"),
        (b'{"schema": "asdelivered/alignment", "version": 1, "lines": "\\ud800"}', "no form for"),
        (b'{"schema": "asdelivered/alignment", "version": 1}', "at the root: "),
    ],
)
def test_a_file_that_is_no_alignment(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(AlignError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_file_a_folder_and_too_large_a_file(tmp_path: Path) -> None:
    with pytest.raises(AlignError, match="there is no such file"):
        load(tmp_path / "none.json")
    with pytest.raises(AlignError, match="is a folder: give the alignment itself"):
        load(tmp_path)
    with (tmp_path / "large.json").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(AlignError, match="is larger than 64 MB: that is no alignment"):
        load(tmp_path / "large.json")


def test_save_writes_nothing_that_load_would_refuse(tmp_path: Path) -> None:
    wrong = AlignedLine("1", "1", None, "two words", Status.UNSPOKEN, None, None, (word("two"),))
    with pytest.raises(AlignError, match=r"not written, because the alignment breaks .* at /lines/0/words"):
        save(alignment(wrong), tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


def test_save_names_the_file_that_it_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "a.json"
    with pytest.raises(AlignError) as caught:
        save(alignment(), path)
    assert str(caught.value) == f"{path}: the alignment cannot be written: No such file or directory"


def test_the_schema_is_one_and_valid() -> None:
    packaged = (REPOSITORY / "align" / "alignment.schema.json").read_bytes()
    assert packaged == (REPOSITORY / "docs" / "alignment.schema.json").read_bytes()
    jsonschema_rs.meta.validate(json.loads(packaged))


def test_an_event_of_8000_words_loads_within_a_second(tmp_path: Path, slowness: Callable[[], float]) -> None:
    texts = [[f"word{number}-{place}" for place in range(20)] for number in range(400)]
    event = alignment(
        *(
            AlignedLine(
                id=str(number),
                turn="1",
                speaker="A",
                text=" ".join(text),
                status=Status.MATCHED,
                span=TimeSpan(number * 8000, number * 8000 + 7999),
                confidence=0.9,
                words=tuple(
                    word(token, number * 8000 + i * 399, number * 8000 + i * 400)
                    for i, token in enumerate(text)
                ),
            )
            for number, text in enumerate(texts)
        )
    )
    save(event, tmp_path / "a.json")
    before = time.process_time()
    load(tmp_path / "a.json")
    assert time.process_time() - before < slowness()


def test_a_draft_stands_with_its_stretch_and_is_dropped_without_it() -> None:
    draft = Draft(TimeSpan(0, 750), "Good morning.", 0.61)
    drafted = replace(alignment(SPOKEN), drafts=(draft,))
    document = to_json(drafted)
    assert document["untranscribed"] == [
        {"start": 0.0, "end": 0.75, "heard": "Good morning.", "confidence": 0.61}
    ]
    assert from_json(document).drafts == (draft,)
    assert from_json(to_json(replace(drafted, untranscribed=()))).drafts == ()
    del document["untranscribed"][0]["confidence"]
    with pytest.raises(AlignError, match=r"breaks the alignment schema at /untranscribed/0"):
        from_json(document)
