"""`asdelivered page -o FILE.epub`: each line of the book plays its own place of the recording."""

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import imageio_ffmpeg
import pytest
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment import Alignment
from asdelivered.align.document.alignment_json import save
from asdelivered.app.main import app
from asdelivered.archive.event import EventInfo
from asdelivered.archive.publishing import book
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.sound_file import write_m4a

OPF = "{http://www.idpf.org/2007/opf}"
SMIL = "{http://www.w3.org/ns/SMIL}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def alignment(page: Path, sound: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Alignment]:
    made = truth_alignment(page.with_suffix(".truth.json"), sound, page)
    lines = (replace(made.lines[0], speaker='<b>"&'), *made.lines[1:])
    path = tmp_path_factory.mktemp("book") / "harbour.alignment.json"
    save(replace(made, lines=lines), path)
    return path, replace(made, lines=lines)


@pytest.fixture(scope="module")
def heard(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recording as sound that books play."""
    made = tmp_path_factory.mktemp("sound") / "harbour.m4a"
    write_m4a(open_recording(sound), made)
    return made


def write(path: Path, made: Path, *more: str) -> zipfile.ZipFile:
    done = CliRunner().invoke(app, ["page", str(path), "-o", str(made), *more])
    assert done.exit_code == 0, done.output
    return zipfile.ZipFile(made)


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def played(made: zipfile.ZipFile) -> list[tuple[str, str, float, float]]:
    """Of each line that is read aloud: its text, the sound, and from when to when."""
    package = ElementTree.fromstring(made.read("EPUB/package.opf"))
    items = {one.attrib["id"]: one.attrib for one in package.iter(f"{OPF}item")}
    for one in items.values():
        assert "://" in one["href"] or f"EPUB/{one['href']}" in made.namelist()
    rows, total = [], 0.0
    for place in package.iter(f"{OPF}itemref"):
        text = items[place.attrib["idref"]]
        document = ElementTree.fromstring(made.read(f"EPUB/{text['href']}"))
        lines = {
            node.attrib["id"]: node.text or "" for node in document.iter(f"{XHTML}p") if "id" in node.attrib
        }
        overlay = ElementTree.fromstring(made.read(f"EPUB/{items[text['media-overlay']]['href']}"))
        for pair in overlay.iter(f"{SMIL}par"):
            file, _, anchor = pair.find(f"{SMIL}text").attrib["src"].partition("#")  # type: ignore[union-attr]
            assert file == text["href"]
            given = pair.find(f"{SMIL}audio").attrib  # type: ignore[union-attr]
            start, end = seconds(given["clipBegin"]), seconds(given["clipEnd"])
            rows.append((lines[anchor], given["src"], start, end))
            total += end - start
    stated = [one for one in package.iter(f"{OPF}meta") if one.get("property") == "media:duration"]
    (whole,) = [one.text or "" for one in stated if "refines" not in one.attrib]
    assert seconds(whole) == pytest.approx(total, abs=0.002)
    return rows


@pytest.mark.parametrize("most", [book.CHAPTER, 300])
def test_each_line_of_the_book_has_its_place_in_the_recording(
    alignment, heard, tmp_path, monkeypatch, most
) -> None:
    monkeypatch.setattr(book, "CHAPTER", most)
    path, known = alignment
    made = write(path, tmp_path / "talk.epub", "--recording", str(heard))
    assert made.namelist()[0] == "mimetype"
    assert made.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
    assert made.read("EPUB/sound.m4a") == heard.read_bytes()
    timed = [line for line in known.lines if line.span]
    rows = played(made)
    assert [text for text, *_ in rows] == [line.text for line in timed]
    for line, (_, where, start, end) in zip(timed, rows, strict=True):
        assert line.span is not None
        assert where == "sound.m4a"
        assert round(1000 * start) == line.span.start
        assert line.span.end <= round(1000 * end) <= line.span.end + book.PAUSE
    everything = " ".join(
        "".join(ElementTree.fromstring(made.read(name)).itertext())
        for name in made.namelist()
        if name.startswith("EPUB/text") and name.endswith(".xhtml")
    )
    assert all(line.text in everything for line in known.lines)
    assert len([name for name in made.namelist() if name.endswith(".smil")]) > (most == 300)


@pytest.mark.parametrize(
    ("language", "said", "way"), [("he", "בוקר טוב לכולם", "rtl"), ("de", "Guten Morgen", "ltr")]
)
def test_a_book_is_leafed_through_as_its_text_is_read(alignment, tmp_path, language, said, way) -> None:
    _, known = alignment
    told = replace(
        known,
        lines=tuple(replace(line, text=said, speaker=None) for line in known.lines),
        transcript=replace(known.transcript, language=language),
    )
    path = tmp_path / "talk.epub"
    book.write_book(
        path, told, EventInfo("talk"), book.BookSound("audio/mpeg", address="https://a.org/a.mp3")
    )
    made = zipfile.ZipFile(path)
    package = ElementTree.fromstring(made.read("EPUB/package.opf"))
    (spine,) = package.iter(f"{OPF}spine")
    assert spine.attrib["page-progression-direction"] == package.attrib["dir"] == way
    for name in ("EPUB/nav.xhtml", "EPUB/text-1.xhtml"):
        text = ElementTree.fromstring(made.read(name))
        assert (text.attrib[XML_LANG], text.attrib["dir"]) == (language, way)
    ours = [one for one in text.iter() if XML_LANG in one.attrib and one is not text]
    assert ours  # the sentence about lines that were not heard
    assert all(one.attrib["dir"] == "ltr" for one in ours)


def test_the_sound_may_stay_on_the_web_or_be_made_for_the_book(alignment, tmp_path) -> None:
    path, _ = alignment
    address = "https://media.example.org/a.mp3?x=1&y=2"
    made = write(path, tmp_path / "web.epub", "--recording", address)
    assert {where for _, where, *_ in played(made)} == {address}
    assert not [name for name in made.namelist() if "sound" in name]
    done = CliRunner().invoke(
        app, ["page", str(path), "-o", str(tmp_path / "no.epub"), "--recording", "https://a.org/b.avi"]
    )
    assert done.exit_code == 2
    assert not (tmp_path / "no.epub").exists()


@pytest.mark.parametrize("encoding", [("-c:a", "libopus", ".opus"), ("-c:a", "alac", ".m4a")])
def test_a_sound_that_books_do_not_play_is_copied_in_one_that_they_do(
    alignment, sound, tmp_path, encoding
) -> None:
    *codec, ending = encoding
    given = tmp_path / f"talk{ending}"
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", sound, *codec, given], check=True)
    made = write(alignment[0], tmp_path / "talk.epub", "--recording", str(given))
    assert {where for _, where, *_ in played(made)} == {"sound.m4a"}
    made.extract("EPUB/sound.m4a", tmp_path)
    copied, recording = open_recording(tmp_path / "EPUB" / "sound.m4a"), open_recording(sound)
    assert copied.audio.codec == "aac"
    assert abs(copied.duration - recording.duration) < 100


DEBIANS = Path("/usr/share/java/epubcheck.jar")
"""Debian's package of EPUBCheck: the JAR, which is its command, too, where the system runs such files."""


def judge() -> list[str]:
    """Return the command that judges books."""
    command, java = shutil.which("epubcheck"), shutil.which("java")
    if java is not None and DEBIANS.exists():
        return [java, "-jar", str(DEBIANS)]
    if command is not None:
        return [command]
    pytest.skip("EPUBCheck is not installed (Debian: epubcheck)")


def test_the_judge_of_books_finds_nothing(alignment, sound, tmp_path) -> None:
    command = judge()
    write(alignment[0], tmp_path / "talk.epub", "--recording", str(sound)).close()
    done = subprocess.run([*command, tmp_path / "talk.epub"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
