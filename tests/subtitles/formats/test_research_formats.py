"""The formats of linguists and parliaments: what is written says the same as the alignment."""

import csv
import io
import itertools
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_goldens import sample

from asdelivered.align.document.alignment import Alignment
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import read_transcript

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
SMIL = "{http://www.w3.org/ns/SMIL}"
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def alignment_of(captions: Captions) -> Alignment:
    assert captions.alignment is not None
    return captions.alignment


def test_elan_has_a_tier_of_lines_and_of_words_for_each_speaker() -> None:
    made = sample("eaf")
    root = ElementTree.fromstring(FORMATS["eaf"].write(made))
    slots = {node.attrib["TIME_SLOT_ID"]: int(node.attrib["TIME_VALUE"]) for node in root.iter("TIME_SLOT")}
    found = {}
    for tier in root.iter("TIER"):
        rows = [
            (
                slots[node.attrib["TIME_SLOT_REF1"]],
                slots[node.attrib["TIME_SLOT_REF2"]],
                node.findtext("ANNOTATION_VALUE"),
            )
            for node in tier.iter("ALIGNABLE_ANNOTATION")
        ]
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(rows))
        found[tier.attrib["TIER_ID"]] = rows
    for speaker in {line.speaker for line in alignment_of(made).lines if line.speaker}:
        own = [line for line in alignment_of(made).lines if line.speaker == speaker and line.span]
        assert sorted(text for _, _, text in found[speaker]) == sorted(line.text for line in own)
        words = " ".join(text for _, _, text in found[f"{speaker} (words)"] if text)
        assert sorted(words.split()) == sorted(word.text for line in own for word in line.words)
    starts = {line.span.start for line in alignment_of(made).lines if line.span}
    assert starts & {start for rows in found.values() for start, _, _ in rows}


def test_rttm_adds_up_to_what_each_speaker_says() -> None:
    made = sample("rttm")
    rows = [row.split() for row in FORMATS["rttm"].write(made).decode().splitlines()]
    assert all(len(row) == 10 and row[0] == "SPEAKER" for row in rows)
    assert [float(row[3]) for row in rows] == sorted(float(row[3]) for row in rows)
    for line in alignment_of(made).lines:
        if line.span:
            who = "_".join((line.speaker or "unknown").split())
            assert any(
                row[7] == who
                and float(row[3]) * 1000 <= line.span.start + 1
                and (float(row[3]) + float(row[4])) * 1000 >= line.span.end - 1
                for row in rows
            ), line


def test_the_table_has_every_word_and_no_made_up_time() -> None:
    made = sample("words")
    rows = list(csv.DictReader(io.StringIO(FORMATS["words"].write(made).decode())))
    words = [word for line in alignment_of(made).lines for word in line.words]
    assert [row["word"] for row in rows] == [word.text for word in words]
    for row, word in zip(rows, words, strict=True):
        assert row["start"] == ("" if word.span is None else f"{word.span.start / 1000:.3f}")


def test_tei_is_read_back_with_its_speakers_and_its_times(tmp_path: Path) -> None:
    made = sample("tei")
    data = FORMATS["tei"].write(made)
    root = ElementTree.fromstring(data)
    moments = {
        f"#{node.attrib[ID]}": round(1000 * float(node.attrib.get("interval", "0")))
        for node in root.iter(f"{TEI}when")
    }
    timed = [word.span.start for line in alignment_of(made).lines for word in line.words if word.span]
    assert [moments[node.attrib["synch"]] for node in root.iter(f"{TEI}anchor")] == timed
    people = {f"#{node.attrib[ID]}": node.findtext(f"{TEI}persName") for node in root.iter(f"{TEI}person")}
    segments = [("".join(node.itertext())) for node in root.iter(f"{TEI}seg")]
    assert segments == [" ".join(line.text.split()) for line in alignment_of(made).lines]
    who = [people.get(node.attrib.get("who", "")) for node in root.iter(f"{TEI}u")]
    assert set(who) == {line.speaker for line in alignment_of(made).lines}
    path = tmp_path / "talk.tei.xml"
    path.write_bytes(data)
    transcript = read_transcript(path)
    spoken = [line for turn in transcript.turns for line in turn.lines if line.kind is LineKind.SPOKEN]
    assert " ".join(line.text for line in spoken).split() == " ".join(segments).split()


def test_tei_has_one_timeline_counts_what_it_has_and_tells_no_path() -> None:
    made = sample("tei")
    alignment = alignment_of(made)
    path = "/home/anna/secret/talk 1.mp4"
    made = replace(made, alignment=replace(alignment, recording=replace(alignment.recording, path=path)))
    data = FORMATS["tei"].write(made)
    assert b"anna" not in data
    root = ElementTree.fromstring(data)
    times = [float(node.attrib.get("interval", "0")) for node in root.iter(f"{TEI}when")]
    assert times == sorted({*times})
    ids = [node.attrib[ID] for node in root.iter() if ID in node.attrib]
    assert len(ids) == len({*ids})
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one) for one in ids)
    (media,) = root.iter(f"{TEI}media")
    assert media.attrib == {"mimeType": "video/mp4", "url": "talk%201.mp4"}
    counted = {node.attrib["gi"]: int(node.attrib["occurs"]) for node in root.iter(f"{TEI}tagUsage")}
    text = root.find(f"{TEI}text")
    assert text is not None
    assert {tag: len([*text.iter(f"{TEI}{tag}")]) for tag in counted} == counted
    words = [int(one.attrib["quantity"]) for one in root.iter(f"{TEI}measure") if one.get("unit") == "words"]
    assert words == [sum(len(line.words) for line in alignment.lines)]


def test_an_independent_reader_of_elan_finds_the_lines() -> None:
    pympi = pytest.importorskip("pympi", reason="pympi-ling is not installed")
    made = sample("eaf")
    with tempfile.NamedTemporaryFile(suffix=".eaf") as file:
        file.write(FORMATS["eaf"].write(made))
        file.flush()
        found = pympi.Elan.Eaf(file.name)
    for speaker in {line.speaker for line in alignment_of(made).lines if line.speaker}:
        own = [line for line in alignment_of(made).lines if line.speaker == speaker and line.span]
        rows = {(start, text) for start, _, text in found.get_annotation_data_for_tier(speaker)}
        assert rows == {(line.span.start, line.text) for line in own if line.span}


def test_exmaralda_has_one_timeline_and_all_words_of_timed_lines() -> None:
    made = sample("exmaralda")
    root = ElementTree.fromstring(FORMATS["exmaralda"].write(made))
    times = {node.attrib["id"]: round(1000 * float(node.attrib["time"])) for node in root.iter("tli")}
    assert [*times.values()] == sorted({*times.values()})
    names = {node.attrib["id"]: node.findtext("abbreviation") for node in root.iter("speaker")}
    assert len({node.attrib["id"] for node in root.iter("tier")}) == 2 * len(names)
    for tier in root.iter("tier"):
        events = [(times[one.attrib["start"]], times[one.attrib["end"]], one.text or "") for one in tier]
        assert all(start < end for start, end, _ in events)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(events))
        own = [
            line
            for line in alignment_of(made).lines
            if line.speaker == names[tier.attrib["speaker"]] and line.span
        ]
        if tier.attrib["category"] == "line":
            assert [text for *_, text in events] == [line.text for line in own]
        else:
            text = "".join(text for *_, text in events)
            assert text.split() == [word.text for line in own for word in line.words]


def test_akoma_ntoso_is_read_back_with_its_speakers_and_its_times(tmp_path: Path) -> None:
    made = sample("akn")
    path = tmp_path / "talk.akn.xml"
    path.write_bytes(FORMATS["akn"].write(made))
    root = ElementTree.parse(path).getroot()
    ids = [node.attrib["eId"] for node in root.iter() if "eId" in node.attrib]
    assert len({*ids}) == len(ids)
    people = {f"#{node.attrib['eId']}": node.attrib["showAs"] for node in root.iter(f"{AKN}TLCPerson")}
    for speech in root.iter(f"{AKN}speech"):
        assert people[speech.attrib["by"]] == speech.findtext(f"{AKN}from", "not named")
    words = [word for line in alignment_of(made).lines for word in line.words if word.span]
    spans = [(node.text, node.attrib[f"{SMIL}clipBegin"]) for node in root.iter(f"{AKN}span")]
    assert spans == [(word.text, f"{word.span.start / 1000:.3f}s") for word in words if word.span]
    transcript = read_transcript(path)
    spoken = [line for turn in transcript.turns for line in turn.lines if line.kind is LineKind.SPOKEN]
    assert [line.text for line in spoken] == [
        " ".join(line.text.split()) for line in alignment_of(made).lines
    ]


def test_akoma_ntoso_has_somebody_for_a_turn_without_a_name() -> None:
    alignment = alignment_of(sample("akn"))
    lines = tuple(replace(line, speaker=None) for line in alignment.lines)
    made = Captions((), alignment=replace(alignment, lines=lines))
    root = ElementTree.fromstring(FORMATS["akn"].write(made))
    (nobody,) = root.iter(f"{AKN}TLCPerson")
    assert {node.attrib["by"] for node in root.iter(f"{AKN}speech")} == {f"#{nobody.attrib['eId']}"}


@pytest.mark.parametrize("name", ["akn", "eaf", "exmaralda", "rttm", "tei", "words"])
def test_captions_without_an_alignment_are_refused(name: str) -> None:
    with pytest.raises(SubtitleError, match="only an alignment has"):
        FORMATS[name].write(Captions(sample("srt").cues))


ODD_NAMES = st.none() | st.sampled_from(["", " ", "A", "<A> & Co.", "1", "Ünal"])


@pytest.mark.parametrize(
    "name", ["eaf", "exmaralda", "rttm", "tei", "akn", "words", "speakers", "html", "chapters"]
)
@settings(max_examples=20, deadline=None)
@given(names=st.lists(ODD_NAMES, min_size=4, max_size=4))
def test_speakers_may_have_any_name_or_none(name: str, names: list[str | None]) -> None:
    made = sample(name)
    alignment = alignment_of(made)
    lines = tuple(
        replace(line, speaker=speaker, turn=str(number))
        for number, (line, speaker) in enumerate(zip(alignment.lines, itertools.cycle(names), strict=False))
    )
    data = FORMATS[name].write(replace(made, alignment=replace(alignment, lines=lines)))
    if name in ("eaf", "exmaralda", "tei", "akn"):
        ElementTree.fromstring(data)
