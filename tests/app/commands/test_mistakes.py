"""What people give by mistake is named, with what to do instead."""

import re
from pathlib import Path

import pytest
import typer
from note_taker import NoteTaker
from typer.testing import CliRunner

from asdelivered.align.engines.selection import EngineRequest
from asdelivered.align.errors import AlignError
from asdelivered.app.jobs.align import AlignRequest, align_files
from asdelivered.app.jobs.reading import ReadingOptions
from asdelivered.app.main import app
from asdelivered.app.settings import commands_of
from asdelivered.archive.database import create

SRT = "1\n00:00:01,000 --> 00:00:02,000\nThank you very much.\n\n"


def said(code: int, *arguments: str | Path) -> str:
    """Return the sentence with which a command ends, with this exit code."""
    run = CliRunner().invoke(app, [*map(str, arguments)])
    assert run.exit_code == code, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    return " ".join(run.stderr.split())


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A file that begins as an alignment does."""
    path = tmp_path / "talk.alignment.json"
    path.write_text('{\n"schema": "asdelivered/alignment",\n"version": 1\n}\n')
    return path


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("align", "a.txt", "ADDRESS"), "download the recording first"),
        (("align", "ADDRESS", "a.opus"), "save the page in the browser"),
        (("transcript", "ADDRESS"), "save the page in the browser"),
        (("captions", "ADDRESS"), "give a file or folder on this machine"),
        (("captions", "a.alignment.json", "-o", "ADDRESS"), "give a file or folder on this machine"),
        (("find", "a quote", "ADDRESS"), "give a file or folder on this machine"),
        (("find", "a quote", "a.alignment.json", "--recording", "ADDRESS"), "download the recording first"),
        (("clip", "a.alignment.json", "--quote", "a", "--to", "ADDRESS"), "give a file or folder"),
        (("archive", "add", "a.db", "ADDRESS"), "give a file or folder"),
        (("review", "ADDRESS"), "give a file or folder"),
    ],
)
@pytest.mark.parametrize("address", ["https://www.example.org/watch?v=a", "HTTP://example.org/talk.m3u8"])
def test_an_address_is_no_file(arguments: tuple[str, ...], advice: str, address: str) -> None:
    told = said(2, *(address if one == "ADDRESS" else one for one in arguments))
    assert f"{address} is an address: {advice}" in told


def test_a_place_that_is_meant_to_be_an_address_may_be_one(made: Path) -> None:
    assert "is an address" not in said(1, "page", made, "--recording", "https://example.org/talk.mp4")


def test_a_transcript_where_an_alignment_is_meant(page: Path, tmp_path: Path) -> None:
    captions = tmp_path / "talk.srt"
    captions.write_text(SRT)
    for file, what in ((page, "a web page|plain text|Markdown"), (captions, "SubRip captions")):
        for command in (
            ("captions", file),
            ("find", "thank you", file),
            ("clip", file, "--quote", "thank you", "--to", tmp_path / "a.edl"),
            ("page", file),
            ("review", file, "--no-browser"),
        ):
            told = said(1, *command)
            assert f"make an alignment first: asdelivered align {file} RECORDING" in told
            assert any(f"not an alignment: it is {one}:" in told for one in what.split("|"))


def test_a_recording_where_another_file_is_meant(sound: Path) -> None:
    assert "give the .alignment.json that `asdelivered align` wrote" in said(1, "captions", sound)
    assert "is a recording, not text: give the file of the transcript" in said(1, "transcript", sound)
    assert "is a recording: give the file of the captions" in said(1, "check", sound)


def test_an_alignment_where_another_file_is_meant(made: Path, sound: Path) -> None:
    assert f"make captions of it first: asdelivered captions {made}" in said(1, "check", made)
    assert "is an alignment, not a transcript" in said(1, "align", made, sound)
    assert "is an alignment, not a transcript" in said(1, "transcript", made)


def test_arguments_in_the_wrong_order(made: Path, page: Path, sound: Path) -> None:
    told = said(1, "find", made, "we can do it again")
    assert f'the quote comes first, then the alignment: asdelivered find "we can do it again" {made}' in told
    told = said(1, "align", sound, page)
    assert f"the transcript comes first, then the recording: asdelivered align {page} {sound}" in told


def test_a_playlist_is_no_recording(page: Path, tmp_path: Path) -> None:
    playlist = tmp_path / "talk.m3u8"
    playlist.write_text("#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")
    assert "is a playlist of a stream (HLS), not a recording: download" in said(1, "align", page, playlist)
    assert "is a playlist, not text" in said(1, "transcript", playlist)


@pytest.mark.parametrize(
    ("command", "name", "advice"),
    [
        (("captions", "MADE"), "talk.SRT", "-o captions --format srt"),
        (("captions", "MADE"), "talk.xml", "-o captions"),
        (("align", "a.txt", "a.opus"), "out.json", "-o captions"),
        (("demo",), "demo.html", "-o captions"),
    ],
)
def test_a_file_where_a_folder_is_meant(
    command: tuple[str, ...], name: str, advice: str, made: Path, tmp_path: Path
) -> None:
    told = said(2, *(made if one == "MADE" else one for one in command), "-o", tmp_path / name)
    assert (
        f"{name} is the name of a file, and this is the folder of the files: give a folder, such as {advice}"
        in told
    )
    assert advice.endswith("srt") == ("--format" in told)
    assert not (tmp_path / name).exists()
    (tmp_path / name).mkdir()
    assert "name of a file" not in said(1, "captions", made, "-o", tmp_path / name)


def test_a_quote_without_its_option(made: Path) -> None:
    for words in (("-q", "thank you"), ("thank you", "--to", "a.edl")):
        assert 'a quote is given as --quote "..."' in said(2, "clip", made, *words)
    assert "--quote" not in said(2, "captions", made, "thank you")


def test_a_site_is_a_folder(made: Path, tmp_path: Path) -> None:
    database = tmp_path / "events.db"
    create(database)
    assert "is a file: give a folder for the site" in said(1, "archive", "publish", database, made)


def test_a_language_that_the_text_is_not_in_is_named(page: Path, silence: Path, tmp_path: Path) -> None:
    for language, doubts in (("de", 1), ("en-GB", 0)):
        observer = NoteTaker()
        reading, engine = ReadingOptions(language=language), EngineRequest(("sphinx",))
        with pytest.raises(AlignError):
            align_files(AlignRequest(page, silence, tmp_path, reading, engine), observer)
        doubt = f"the text reads as en, and --language says {language}: without --language it is taken as it reads"
        assert observer.notes.count(doubt) == doubts


def every_command() -> list[str]:
    root = typer.main.get_command(app)
    return ["", *(" ".join(path) for path, _ in commands_of(root))]


@pytest.mark.parametrize("name", every_command())
def test_help_has_no_braces_and_no_types_of_python(name: str) -> None:
    shown = CliRunner().invoke(app, [*name.split(), "--help"], env={"COLUMNS": "80"}).stdout
    assert not re.search(r"\{(?!name\})|<(str|int|float|Path|list)|\[\[", shown)
    for line in shown.splitlines():
        if "Example:" in line:
            assert "asdelivered " in line


@pytest.mark.parametrize(
    ("code", "arguments", "advice"),
    [
        (
            2,
            ("align", "a.txt", "two", "words.opus"),
            "put a quote, or a name with spaces, between quotation marks",
        ),
        (
            2,
            ("find", "we", "can", "do", "FILE"),
            "put a quote, or a name with spaces, between quotation marks",
        ),
        (2, ("captions", "FILE", "FILE"), "it takes no more files, so call it once for each"),
        (
            2,
            ("talk.txt", "talk.opus"),
            "A command comes first, as in: asdelivered align TRANSCRIPT RECORDING",
        ),
        (
            2,
            ("captions", "FILE", "--output=~/captions"),
            "~ stands for your own folder only without quotation marks",
        ),
        (1, ("captions", "FOLDER"), "is a folder: give the alignment itself"),
        (1, ("check", "FOLDER"), "is a folder: give the caption file itself"),
        (1, ("find", "a quote", "FOLDER"), "is a folder: give an alignment in it, or an archive"),
        (1, ("archive", "list", "FOLDER"), "is a folder: the archive comes first"),
        (1, ("archive", "add", "FOLDER", "events.db"), "is a folder: the archive comes first"),
        (1, ("archive", "add", "FILE", "FILE"), "is an alignment: the archive comes first"),
        (1, ("clip", "FILE", "--quote", "a", "--to", "a.mp4"), "clips are written with --render DIR"),
    ],
)
def test_what_a_shell_or_a_wrong_order_makes_of_arguments(
    code: int, arguments: tuple[str, ...], advice: str, made: Path
) -> None:
    places = {"FILE": made, "FOLDER": made.parent}
    assert advice in said(code, *(places.get(one, one) for one in arguments))
