"""The formats of linguists and parliaments: what is written says the same as the alignment."""

import csv
import io
import itertools
from pathlib import Path
from xml.etree import ElementTree

import pytest
from make_goldens import sample

from asdelivered.align.document.alignment import Alignment
from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.formats import FORMATS
from asdelivered.subtitles.model import Captions
from asdelivered.transcripts.model import LineKind
from asdelivered.transcripts.read import read_transcript

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
        words = [word.text for line in own for word in line.words if word.span]
        assert sorted(text for _, _, text in found[f"{speaker} (words)"]) == sorted(words)
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


@pytest.mark.parametrize("name", ["eaf", "rttm", "tei", "words"])
def test_captions_without_an_alignment_are_refused(name: str) -> None:
    with pytest.raises(SubtitleError, match="only an alignment has"):
        FORMATS[name].write(Captions(sample("srt").cues))
