"""What the program promises about people's work (docs/promises.md), through all commands."""

import json
import shutil
import urllib.request
from pathlib import Path

import pytest

from asdelivered.align.document.alignment_json import load
from asdelivered.align.document.pins import Pin, read_pins, write_pins
from asdelivered.app.jobs.align import AlignRequest
from asdelivered.app.jobs.reading import ReadingOptions
from asdelivered.base.ledger import Standing, is_stale, read_ledger, standing

START, END = 18_100, 19_500


@pytest.fixture(scope="module")
def inputs(page: Path, sound: Path, tmp_path_factory) -> Path:
    """A page and a recording of an event of their own, and a list of jobs."""
    folder = tmp_path_factory.mktemp("inputs")
    shutil.copy(page, folder / "harbour.txt")
    shutil.copy(sound, folder / "harbour.opus")
    (folder / "jobs.csv").write_text("transcript,recording,name\nharbour.txt,harbour.opus,one\n")
    return folder


@pytest.fixture(scope="module")
def aligned(command, inputs: Path, tmp_path_factory) -> Path:
    """A folder with what `align` made, to be copied."""
    folder = tmp_path_factory.mktemp("aligned")
    run = command(
        "align", inputs / "harbour.txt", inputs / "harbour.opus", "-o", folder, "--jobs", "2", "--no-fallback"
    )
    assert run.returncode == 0, run.stderr
    return folder


@pytest.fixture
def made(aligned: Path, tmp_path: Path) -> Path:
    """A folder with what `align` made."""
    return Path(shutil.copytree(aligned, tmp_path / "made"))


def reviewed(folder: Path) -> None:
    """Put a pin, a journal and a stranger's notes beside an alignment, as a review does."""
    line = load(folder / "harbour.alignment.json").lines[0]
    write_pins([Pin(line.id, line.text, start=START, end=END)], folder / "harbour.pins.json")
    (folder / "harbour.review.jsonl").write_text("{}\n")
    (folder / "my-notes.txt").write_text("mine")


def kept(folder: Path) -> bool:
    return (
        (folder / "my-notes.txt").read_text() == "mine"
        and (folder / "harbour.review.jsonl").read_text() == "{}\n"
        and [pin.start for pin in read_pins(folder / "harbour.pins.json")] == [START]
    )


def first_start(folder: Path) -> int:
    span = load(folder / "harbour.alignment.json").lines[0].span
    assert span is not None
    return span.start


def test_a_second_align_keeps_what_was_reviewed(command, inputs: Path, made: Path) -> None:
    reviewed(made)
    run = command(
        "align", inputs / "harbour.txt", inputs / "harbour.opus", "-o", made, "--jobs", "2", "--no-fallback"
    )
    assert run.returncode == 0, run.stderr
    assert "the pins of" in run.stderr
    assert first_start(made) == START
    assert kept(made)


def test_a_second_batch_keeps_what_was_reviewed(command, inputs: Path, tmp_path: Path) -> None:
    for engine in ("sphinx", "auto"):
        run = command("batch", inputs / "jobs.csv", "-o", tmp_path / "out", "--jobs", "1", "--engine", engine)
        assert run.returncode == 0, run.stderr
        assert "1 done" in run.stdout
        if engine == "sphinx":
            reviewed(tmp_path / "out" / "one")
    assert first_start(tmp_path / "out" / "one") == START
    assert kept(tmp_path / "out" / "one")


def test_a_review_outlives_another_align_and_another_batch(
    command, inputs: Path, tmp_path: Path, review
) -> None:
    """By the real server: one edit is saved, a second is not, and nothing of either is lost."""
    batch = ("batch", inputs / "jobs.csv", "-o", tmp_path / "out", "--jobs", "1", "--engine")
    assert command(*batch, "sphinx").returncode == 0
    folder = tmp_path / "out" / "one"
    alignment = folder / "harbour.alignment.json"
    (folder / "my-notes.txt").write_text("mine")
    saved, unsaved = load(alignment).lines[:2]
    server = review(alignment, "--recording", inputs / "harbour.opus")
    server.ask(f"api/lines/{saved.id}/move", "POST", {"start": START, "end": END})
    server.ask("api/save", "POST", {})
    server.ask(f"api/lines/{unsaved.id}/move", "POST", {"start": END + 100, "end": END + 900})
    server.process.terminate()
    server.process.wait()
    pages = (inputs / "harbour.txt", inputs / "harbour.opus")
    assert command("align", *pages, "-o", folder, "--jobs", "2", "--no-fallback").returncode == 0
    assert command(*batch, "auto").returncode == 0
    assert first_start(folder) == START
    assert (folder / "my-notes.txt").read_text() == "mine"
    assert [pin.start for pin in read_pins(folder / "harbour.pins.json")] == [START]
    again = review(alignment, "--recording", inputs / "harbour.opus")
    assert again.ask("api/state")["pins"] == 2
    again.ask("api/save", "POST", {})
    spans = [line.span for line in load(alignment).lines[:2]]
    assert [span and span.start for span in spans] == [START, END + 100]


@pytest.mark.parametrize("arguments", [("align",), ("captions",), ("page",), ("batch",)])
def test_what_a_person_changed_is_replaced_by_force_alone_and_kept(
    command, inputs, made, arguments, tmp_path
) -> None:
    name = {"page": "harbour.html"}.get(arguments[0], "harbour.srt")
    alignment = made / "harbour.alignment.json"
    call = {
        "align": ("align", inputs / "harbour.txt", inputs / "harbour.opus", "-o", made, "--no-fallback"),
        "captions": ("captions", alignment, "--format", "srt", "-o", made),
        "page": ("page", alignment, "-o", made / name, "--recording", inputs / "harbour.opus"),
        "batch": ("batch", inputs / "jobs.csv", "-o", tmp_path, "--jobs", "1"),
    }[arguments[0]]
    if arguments[0] == "batch":
        made = made.rename(tmp_path / "one")
    (made / name).write_text("mended by hand")
    refused = command(*call)
    assert refused.returncode == 1
    said = refused.stderr + "".join(path.read_text() for path in tmp_path.glob("report.json"))
    assert "--force" in said
    assert (made / name).read_text() == "mended by hand"
    forced = command(*call, "--force")
    assert forced.returncode == 0, forced.stderr
    assert (made / name).read_text() != "mended by hand"
    stem, ending = name.split(".")
    (old,) = made.glob(f"{stem}.2*.{ending}")
    assert old.read_text() == "mended by hand"


def test_the_files_beside_the_results_are_replaced_by_force_alone_and_kept(
    command, inputs: Path, made: Path, tmp_path: Path
) -> None:
    """The site of an archive, the alignments it gives back, the report of a batch, the example."""
    database = tmp_path / "events.db"
    assert command("archive", "add", database, made).returncode == 0
    out = tmp_path / "out"
    for place, call in (
        ("events/harbour/index.html", ("archive", "publish", database, out)),
        ("feed.xml", ("archive", "publish", database, out)),
        ("harbour.alignment.json", ("archive", "export", database, "-o", out)),
        ("report.html", ("batch", tmp_path / "jobs.jsonl", "-o", out, "--jobs", "1")),
        ("harbour.txt", ("demo", "-o", out)),
    ):
        (tmp_path / "jobs.jsonl").write_text("{}\n")  # a job that fails at once
        path = out / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a person's")
        before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}
        refused = command(*call)
        assert (refused.returncode, "--force" in refused.stderr) == (1, True), refused.stderr
        assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before
        if call[0] == "demo":  # which takes its time
            continue
        forced = command(*call, "--force")
        assert forced.returncode == (1 if call[0] == "batch" else 0), forced.stderr
        assert path.read_text() != "a person's"
        (old,) = path.parent.glob(f"{path.name.split('.')[0]}.2*")
        assert old.read_text() == "a person's"
        shutil.rmtree(out)


def test_a_new_caption_file_replaces_no_other_and_a_fixed_one_is_its_owners(command, made: Path) -> None:
    srt, other = made / "harbour.srt", made / "other.srt"
    other.write_text("a person's captions")
    for call in (("convert", srt, other), ("check", srt, "--style", "bbc", "--fix", "-o", other)):
        refused = command(*call)
        assert (refused.returncode, "--force" in refused.stderr) == (1, True)
        assert other.read_text() == "a person's captions"
    assert command("check", srt, "--style", "bbc", "--fix").returncode in (0, 1)
    assert standing(srt) is Standing.CHANGED
    again = command("captions", made / "harbour.alignment.json", "--format", "srt", "-o", made)
    assert (again.returncode, "was changed since" in again.stderr) == (1, True)


def test_saving_a_review_makes_the_captions_again_that_nobody_changed(
    made: Path, inputs: Path, review
) -> None:
    (made / "harbour.vtt").write_text("mended by hand")
    before = (made / "harbour.srt").read_text()
    server = review(made / "harbour.alignment.json", "--recording", inputs / "harbour.opus")
    line = load(made / "harbour.alignment.json").lines[0]
    server.ask(f"api/lines/{line.id}/move", "POST", {"start": START, "end": END})
    files = server.ask("api/save", "POST", {})["files"]
    assert "harbour.srt" in files
    assert (made / "harbour.srt").read_text() != before
    assert not is_stale(read_ledger(made)["harbour.srt"], made / "harbour.srt")
    assert standing(made / "harbour.srt") is Standing.OWN
    assert (made / "harbour.vtt").read_text() == "mended by hand"


def test_status_says_what_is_stale_and_how_to_make_it_again(command, made: Path) -> None:
    states = {
        Path(one["path"]).name: one["state"] for one in json.loads(command("status", made, "--json").stdout)
    }
    assert states == dict.fromkeys(("harbour.alignment.json", "harbour.srt", "harbour.vtt"), "up to date")
    alignment = made / "harbour.alignment.json"
    alignment.write_bytes(alignment.read_bytes() + b"\n")
    shown = command("status", made).stdout
    assert "harbour.srt  older than its source, made of harbour.alignment.json" in shown
    assert "asdelivered captions harbour.alignment.json --format srt" in shown
    assert "harbour.alignment.json  changed by hand" in shown


class Server:
    """`asdelivered review`, asked as its page asks."""

    def __init__(self, process, address: str) -> None:
        self.process, self.address = process, address

    def ask(self, path: str, method: str = "GET", body: object = None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        with urllib.request.urlopen(
            urllib.request.Request(self.address + path, data, headers, method=method)
        ) as answer:
            return json.loads(answer.read())


@pytest.fixture
def review(program: Path):
    """Start a review's server; it ends with the test."""
    import subprocess

    started = []

    def start(*arguments: object) -> Server:
        process = subprocess.Popen(
            [program, "review", *map(str, arguments), "--no-browser", "--json"],
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        return Server(process, json.loads(process.stdout.readline())["address"])

    yield start
    for process in started:
        process.terminate()
        process.wait()
        process.stdout.close()


def test_the_command_that_makes_an_alignment_again_has_its_corrections(tmp_path: Path) -> None:
    reading = ReadingOptions(language="en", speakers=tmp_path / "who.txt", unspoken="Applause")
    request = AlignRequest(
        Path("page.txt"), Path("a.wav"), tmp_path / "out", reading, pins=tmp_path / "out" / "mine.json"
    )
    assert request.options() == (
        *("--language", "en", "--speakers", "../who.txt", "--unspoken", "Applause", "--pins", "mine.json"),
    )
