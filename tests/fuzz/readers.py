"""Every reader of foreign files, with good files to damage: `python tests/fuzz/readers.py NAME --inputs 500 --seed 1`.

A reader may refuse a file in a sentence (AsdeliveredError) or make something of it. Anything else is a fault: another
exception, more than 20 seconds, more than a gigabyte.
"""

from __future__ import annotations

import io
import multiprocessing
import plistlib
import random
import resource
import signal
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import av
import docx
import typer
import typer.main
from mutation import mutated, mutated_archive

from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.pins import read_pins
from asdelivered.base.errors import AsdeliveredError

TESTS = Path(__file__).resolve().parents[1]
EXAMPLES = TESTS.parent / "examples"
CAPTIONS = TESTS / "subtitles" / "goldens"
PAGES = TESTS / "transcripts"
SECONDS = 20
MEMORY = 2**30


@dataclass(frozen=True)
class Reader:
    """What reads a file: `good` yields the bytes of files that it reads well, `ending` is that of their names."""

    ending: str
    good: Callable[[], Iterator[bytes]]
    read: Callable[[Path], object]
    mutate: Callable[[bytes, random.Random], bytes] = mutated


def page(path: Path) -> object:
    from asdelivered.transcripts import read_transcript

    return read_transcript(path)


def captions(path: Path) -> object:
    """Read captions, and check and mend what was read, as `check --fix` does."""
    from asdelivered.subtitles import find_style, read_captions
    from asdelivered.subtitles.checking.check import check
    from asdelivered.subtitles.checking.fix import fix
    from asdelivered.subtitles.formats import FORMATS

    read, _ = read_captions(path)
    style = find_style("netflix")
    check(read.cues, style)
    mended = replace(read, cues=fix(read.cues, style).cues)
    for form in FORMATS.values():
        if mended.cues:
            with suppress(AsdeliveredError):  # not every format holds every text
                form.write(mended)
    return mended


def translation(path: Path) -> object:
    """Read a translated page and give it the times of an event, as `captions --translation` does."""
    from asdelivered.subtitles.translation import translated
    from asdelivered.transcripts import read_transcript

    return translated(load(CAPTIONS / "sample.alignment.json"), read_transcript(path, "de"))


def style(path: Path) -> object:
    """Read a style, and make, check and mend captions by it."""
    from asdelivered.subtitles import find_style
    from asdelivered.subtitles.checking.check import check
    from asdelivered.subtitles.checking.fix import fix
    from asdelivered.subtitles.cues import captions_of

    read = find_style(str(path))
    made = captions_of(load(CAPTIONS / "sample.alignment.json"), read)
    check(made.cues, read)
    return fix(made.cues, read)


def shots(path: Path) -> object:
    from asdelivered.subtitles.shots import read_shots

    return read_shots(path)


def quotes(path: Path) -> object:
    from asdelivered.clips.quote_file import read_quotes

    return read_quotes(path)


def jobs(path: Path) -> object:
    from asdelivered.batch.jobs import read_jobs

    return read_jobs(str(path))


def speakers(path: Path) -> object:
    from asdelivered.transcripts.structure.corrections import read_speakers

    return read_speakers(path)


def settings(path: Path) -> object:
    from asdelivered.app.main import app
    from asdelivered.app.settings import SettingsFile, default_map, read_settings

    group: Any = typer.main.get_command(app)
    return default_map(read_settings(group, (SettingsFile(path, own=True),)), group)


def journal(path: Path) -> object:
    """Open a review whose journal is damaged."""
    from asdelivered.review.session import Session

    alignment = path.with_name("event.alignment.json")
    alignment.write_bytes((CAPTIONS / "sample.alignment.json").read_bytes())
    own = path.rename(path.with_name("event.review.jsonl"))
    session = Session(alignment)
    session.close()
    return own


def record(path: Path) -> object:
    """Read the record that a batch leaves in a job's folder."""
    from asdelivered.batch.outcome import RECORD, read_record

    path.rename(path.with_name(RECORD))
    return read_record(path.parent)


def ledger(path: Path) -> object:
    """Read what the program wrote in a folder."""
    from asdelivered.base.ledger import NAME, read_ledger

    path.rename(path.with_name(NAME))
    return read_ledger(path.parent)


def recording(path: Path) -> object:
    from itertools import islice

    from asdelivered.media import open_recording
    from asdelivered.media.decode import decode_speech

    return [len(block) for block in islice(decode_speech(open_recording(path)), 30)]


def archive(path: Path) -> object:
    """List, show, search and take out of a damaged archive, as the commands do."""
    from asdelivered.app.jobs.archive import event_in, events_in
    from asdelivered.app.jobs.find import Filters, FindRequest, find_quote
    from asdelivered.archive.export import export_events

    with suppress(AsdeliveredError):
        for stored in events_in(path):
            str(stored.to_json())
            with suppress(AsdeliveredError):
                event_in(path, stored.info.name)
    with suppress(AsdeliveredError):
        event_in(path, "nothing of that name")
    for filters in (Filters(), Filters(speaker="a", event="e")):
        for quote in ("the road stays open again", FIRST_WORDS):
            with suppress(AsdeliveredError):
                find_quote(FindRequest(quote, path, is_archive=True, filters=filters)).to_json()
    return [*export_events(path, (), path.parent / "export")]


def files(folder: Path, pattern: str) -> Callable[[], Iterator[bytes]]:
    return lambda: (path.read_bytes() for path in sorted(folder.glob(pattern)))


def texts(*some: str) -> Callable[[], Iterator[bytes]]:
    return lambda: (text.encode() for text in some)


def word_document() -> Iterator[bytes]:
    document = docx.Document()
    document.add_heading("Speech")
    document.add_paragraph().add_run("Anna Reed:").bold = True
    for number in range(5):
        document.add_paragraph(f"Three storms in {number} weeks. We can do it again.")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ben Ode", "Thank you."
    made = io.BytesIO()
    document.save(made)
    yield made.getvalue()


def open_document() -> Iterator[bytes]:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"))
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:text><text:h>Speech</text:h>"
            '<text:p>Anna Reed: Three storms.<text:s text:c="3"/>We can do it again.</text:p>'
            "<table:table><table:table-row><table:table-cell><text:p>Ben Ode</text:p></table:table-cell>"
            "</table:table-row></table:table></office:text></office:body></office:document-content>",
        )
    yield made.getvalue()


def printed_pages() -> Iterator[bytes]:
    from fpdf import FPDF

    pdf = FPDF()
    for _ in range(2):
        pdf.add_page()
        pdf.set_font("Helvetica", size=11)
        pdf.multi_cell(0, 6, "Anna Reed: Three storms in five weeks.\nWe can do it again.\n" * 8)
    yield bytes(pdf.output())


CONTAINERS = {"wav": "pcm_s16le", "ogg": "libopus", "mp4": "aac", "matroska": "aac", "mp3": "mp3"}


def sounds() -> Iterator[bytes]:
    """The beginning of the example in several containers."""
    with av.open(str(EXAMPLES / "harbour.opus")) as source:
        frames = [frame for _, frame in zip(range(150), source.decode(audio=0), strict=False)]
    for container, codec in CONTAINERS.items():
        made = io.BytesIO()
        with av.open(made, "w", format=container) as output:
            stream = output.add_stream(codec, rate=48000, layout="mono")
            assert isinstance(stream, av.AudioStream)
            resampler = av.AudioResampler(stream.format, "mono", 48000)
            for frame in frames:
                for one in resampler.resample(frame):
                    output.mux(stream.encode(one))
            output.mux(stream.encode(None))
        yield made.getvalue()


def databases() -> Iterator[bytes]:
    from archive_events import make_event

    from asdelivered.archive.database import create, opened, writing
    from asdelivered.archive.records import make_record
    from asdelivered.archive.store import put_events

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.db"
        create(path)
        records = []
        for number in range(3):
            alignment, info = make_event(number, 300)
            if not records:
                globals()["FIRST_WORDS"] = " ".join(alignment.lines[0].text.split()[:8])
            records.append(make_record(alignment, info, f"{info.name}.alignment.json", f"{number:064x}"))
        with opened(path) as connection, writing(connection):
            put_events(connection, records, "2026-11-24T10:00:00+00:00")
        yield path.read_bytes()


FIRST_WORDS = ""
"""Of the archive's first event, which a search for a quote finds."""


def journals() -> Iterator[bytes]:
    """The journal of a review in which lines were accepted, moved, marked and taken back."""
    from asdelivered.review.session import Session

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "event.alignment.json"
        path.write_bytes((CAPTIONS / "sample.alignment.json").read_bytes())
        session = Session(path)
        lines = [line for line in load(path).lines if line.span]
        session.accept(lines[0].id)
        session.mark_unspoken(lines[1].id)
        session.undo()
        session.close()
        yield path.with_name("event.review.jsonl").read_bytes()


PINS = """{"schema": "asdelivered/pins", "version": 1, "pins": [
 {"line": "L0001", "text": "Hello there", "start": 1.5}, {"line": "L0002", "unspoken": true},
 {"line": "L0003", "word": 2, "end": 9.25}]}"""
WHISPER = '{"text": " Hello.", "language": "en", "segments": [{"start": 0.0, "end": 2.5, "text": " Hello."}]}'
RICH = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset204 Times;}}\uc1 {\b Anna Reed:} Three storms\'e9 \u8364?5."
    r"\par\pard\outlinelevel1 A part\par{\footnote A note.}{\field{\*\fldinst X}{\fldrslt link}}\par}"
)
WEB_ARCHIVE = plistlib.dumps(
    {
        "WebMainResource": {
            "WebResourceData": b"<h1>A</h1><p>Thank you.</p>",
            "WebResourceMIMEType": "text/html",
        }
    }
).decode()
MAIL = (
    "From: a@b.example\nTo: c@d.example\nSubject: Remarks\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html\n'
    "Content-Transfer-Encoding: quoted-printable\n\n<html><body><h1>Remarks</h1><p>Three storms =E2=82=AC in five\n"
    "weeks.</p></body></html>\n--b--\n"
)
SHOTS = ("1.5\n00:00:12.480\n99.0\n", "Start Timecode,Start Time (seconds)\n00:00:01.000,1.0\n")
QUOTES = 'quote,name\n"We can do it, again",one\nThree storms,two\n'
BLOCK_QUOTES = "# Talk\n\n> We can do it again.\n> Together.\n\ntext\n"
JOBS = "transcript,recording,name,language\na.txt,a.opus,one,en\nb.txt,b.opus,two,\n"
JOB_LIST = """{"transcript": "a.txt", "recording": "a.opus", "name": "one"}
{"transcript": "b.txt", "recording": "b.opus"}
"""
SPEAKERS = "Anna Reed, Harbour Commissioner = MS REED; REED\n- Note\n# comment\nBen Ode\n"
SETTINGS = (
    '[align]\nengine = "sphinx"\njobs = 2\n[captions]\nstyle = "bbc"\nformat = "srt"\n[clip]\nhandles = 1.5\n'
)
XML_PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>A speech</title></head>
<body><h1>A speech</h1><p><b>Anna Reed:</b> Three storms in five weeks.</p><p>Ben Ode: We can.</p></body></html>"""
PODCAST = """{"segments": [{"speaker": "Anna", "startTime": 0.5, "endTime": 2, "body": "Hello."}]}"""
OTRANSCRIBE = (
    """{"text": "<p><b>Anna:</b> Hello there.</p><p>Ben: Yes.</p>", "media": "a.mp3", "media-time": 12.5}"""
)
RECORD = """{"inputs": {"transcript": "00", "recording": "11", "settings": ["auto"], "version": "1.0",
"transcript_mark": null, "recording_mark": "x"}, "outcome": {"name": "one", "state": "done", "reason": null,
"attempts": 1, "seconds": 1.5, "cpu": 2.5, "memory": 1000, "where": "here", "files": []}}"""
LEDGER = """{"version": 1, "files": {"a.srt": {"sha256": ["00", "11"], "made_of": [{"path": "a.alignment.json",
"sha256": "22", "size": 12, "mtime_ns": 1234567}], "command": ["captions"]}}}"""
CAPTION_ENDINGS = [
    "srt",
    "vtt",
    "ttml",
    "ebu-tt-d.xml",
    "itt",
    "ass",
    "scc",
    "stl",
    "lrc",
    "json",
    "TextGrid",
    "ctm",
    "labels.txt",
]

OLDER_CAPTIONS = (
    "{1}{1}25.000\n{25}{50}The quay|{y:i}is wide\n{72}{}{c:$0000ff}Deep\n",
    "[10][25]/The quay|is wide\n[30][]Deep\n",
    "00:00:01:The quay|is wide\n00:00:04:\n0:00:06,1=Deep\n",
    "<SAMI><HEAD><STYLE><!-- .ENCC {lang: en-US;} --></STYLE></HEAD><BODY><SYNC Start=1000><P Class=ENCC>The<br>"
    "<i>quay</i> &amp; so<SYNC Start=2000><P Class=ENCC>&nbsp;</BODY></SAMI>",
    "[INFORMATION]\n[TITLE]Quay\n[SUBTITLE]\n00:00:01.00,00:00:02.00\nThe quay[br]is wide\n",
)
READERS: dict[str, Reader] = {
    "alignment": Reader(".alignment.json", files(CAPTIONS, "*.alignment.json"), load),
    "pins": Reader(".json", texts(PINS), read_pins),
    "text": Reader(".txt", files(PAGES, "pages/*.txt"), page),
    "html": Reader(".html", files(PAGES, "pages/*.html"), page),
    "markdown": Reader(".md", files(PAGES, "pages/*.md"), page),
    "word": Reader(".docx", word_document, page, mutated_archive),
    "open document": Reader(".odt", open_document, page, mutated_archive),
    "rich text": Reader(".rtf", texts(RICH), page),
    "mail": Reader(".mhtml", texts(MAIL), page),
    "web archive": Reader(".webarchive", texts(WEB_ARCHIVE), page),
    "pdf": Reader(".pdf", printed_pages, page),
    "caption pages": Reader(".vtt", files(PAGES / "by_hand", "*.[vs][tr]t"), page),
    "whisper": Reader(".json", texts(WHISPER), page),
    "podcast": Reader(".json", texts(PODCAST), page),
    "oTranscribe": Reader(".otr", texts(OTRANSCRIBE), page),
    "XML page": Reader(".xhtml", texts(XML_PAGE), page),
    "TTML page": Reader(".ttml", files(CAPTIONS, "sample.*tt*"), page),
    "translation": Reader(".txt", files(CAPTIONS, "sample.speakers.txt"), translation),
    **{
        f"captions {ending}": Reader(f".{ending}", files(CAPTIONS, f"sample.{ending}"), captions)
        for ending in CAPTION_ENDINGS
    },
    "older captions": Reader(".sub", texts(*OLDER_CAPTIONS), captions),
    "style": Reader(".toml", files(TESTS.parent / "subtitles" / "styles", "*.toml"), style),
    "shots": Reader(".csv", texts(*SHOTS), shots),
    "quotes": Reader(".csv", texts(QUOTES), quotes),
    "quotes in markdown": Reader(".md", texts(BLOCK_QUOTES), quotes),
    "jobs": Reader(".csv", texts(JOBS), jobs),
    "job list": Reader(".jsonl", texts(JOB_LIST), jobs),
    "speakers": Reader(".txt", texts(SPEAKERS), speakers),
    "settings": Reader(".toml", texts(SETTINGS), settings),
    "journal": Reader(".jsonl", journals, journal),
    "archive": Reader(".db", databases, archive),
    "record of a job": Reader(".json", texts(RECORD), record),
    "ledger": Reader(".json", texts(LEDGER), ledger),
    "recording": Reader(".bin", sounds, recording),
}


class TooLongError(Exception):
    """A reader took longer than it may."""


def faults(name: str, seed: int, inputs: int, keep: Path | None = None) -> Iterator[str]:
    """Yield what went wrong, with the seed of each input that did it; such inputs are kept in the folder `keep`."""
    reader = READERS[name]
    good = [*reader.good()]
    assert good, f"{name}: there is no good file to damage"

    def ring(*_: object) -> None:
        raise TooLongError

    signal.signal(signal.SIGALRM, ring)
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(inputs):
            chance = random.Random(f"{name} {seed} {number}")
            folder = Path(temporary) / str(number)
            folder.mkdir()
            path = folder / f"input{reader.ending}"
            data = reader.mutate(chance.choice(good), chance)
            path.write_bytes(data)
            signal.alarm(SECONDS)
            try:
                reader.read(path)
            except AsdeliveredError as error:
                str(error).encode("utf-8", "surrogateescape")
            except BaseException:
                signal.alarm(0)
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{name.replace(' ', '-')}-{seed}-{number}{reader.ending}").write_bytes(data)
                yield f"{name}, seed {seed}, input {number}: {traceback.format_exc(limit=-4)}"
            finally:
                signal.alarm(0)


def run(name: str, seed: int, inputs: int, keep: Path | None) -> None:
    """Print the faults of a reader; exit code 1 where there are some, or where it took too much memory."""
    # Libraries map more than they use: what counts is data, not addresses.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY + 2**29, MEMORY + 2**29))
    found = 0
    for fault in faults(name, seed, inputs, keep):
        found += 1
        print(fault, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{name}: {inputs} inputs, {found} faults, at most {peak // 2**20} MB", flush=True)
    sys.exit(bool(found) or peak > MEMORY)


def main(
    name: Annotated[str, typer.Argument(help="A reader; all: every one.")],
    inputs: Annotated[int, typer.Option(help="Damaged files that each reads.")] = 100,
    seed: Annotated[int, typer.Option(help="Of the random numbers.")] = 1,
    keep: Annotated[Path | None, typer.Option(metavar="DIR", help="Where faulty inputs are kept.")] = None,
) -> None:
    """Have readers read damaged files, each in a process of its own; exit code 1 where one fails but in a sentence."""
    # A reader that hangs or dies in a library's code takes only its own process with it.
    processes = multiprocessing.get_context("fork")
    failed = []
    for one in READERS if name == "all" else [name]:
        process = processes.Process(target=run, args=(one, seed, inputs, keep))
        process.start()
        process.join(2 * SECONDS + inputs * SECONDS / 10)
        if process.is_alive():
            process.kill()
            process.join()
            print(f"{one}: does not end", flush=True)
        if process.exitcode:
            failed.append(f"{one} ({process.exitcode})")
    print(f"failed: {', '.join(failed) or 'none'}")
    raise typer.Exit(bool(failed))


if __name__ == "__main__":
    typer.run(main)
