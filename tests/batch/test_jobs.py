"""Tables, lists and folders of jobs, as people write them."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.delivery import Origin, put_all
from asdelivered.base.ledger import EXAMPLE
from asdelivered.batch.errors import BatchError
from asdelivered.batch.job import BatchSettings
from asdelivered.batch.jobs import RESERVED, Job, _with_names, longest_first, read_jobs
from asdelivered.batch.locations import name_of
from asdelivered.batch.process import Limits


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table(delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    rows = [
        ("name", "transcript", "recording", "language", "note"),
        ("One", "a b.txt", "/sounds/a.wav", "de", "x"),
        ("", "it's.html", "s3://bucket/b.mp4", "", ""),
        ("Third", "c.txt", "", "", ""),
    ]
    path.write_text("\ufeff" + "\r\n".join(delimiter.join(row) for row in rows))
    assert read_jobs(str(path)) == (
        Job("One", f"{tmp_path}/a b.txt", "/sounds/a.wav", "de"),
        Job("it's", f"{tmp_path}/it's.html", "s3://bucket/b.mp4"),
        Job("Third", f"{tmp_path}/c.txt", "", problem=f"{path}: line 4 has no recording"),
    )


def test_each_job_may_name_its_sound(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text(
        "transcript,recording,language,sound\nde.txt,a.mxf,,de\nen.txt,a.mxf,en,2:left\nx.txt,b.wav,,\n"
    )
    floor, interpreter, plain = read_jobs(str(path))
    assert (floor.sound, interpreter.sound, plain.sound) == ("de", "2:left", None)
    settings = BatchSettings(tmp_path, ("--engine", "auto"), "1", Limits())
    assert settings.options_for(floor) == ("--engine", "auto", "--sound", "de")
    assert settings.options_for(interpreter)[2:] == ("--language", "en", "--sound", "2:left")
    assert settings.options_for(plain) == ("--engine", "auto")


def test_a_quoted_path_with_a_newline(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text('transcript,recording\n"two\nlines ""x"".txt",a.wav\n')
    (job,) = read_jobs(str(path))
    assert job.transcript == f'{tmp_path}/two\nlines "x".txt'
    assert "/" not in job.name
    assert "\n" not in job.name


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "must name the columns transcript and recording"),
        (b"text,sound\na,b\n", "must name the columns transcript and recording"),
        (b"transcript,recording\n", "there is no job in it"),
        (b"transcript,recording\na.txt,g\xf6.wav\n", "it is not UTF-8"),
        (b'transcript,recording\n"a.txt,a.wav\n', "line 2: not a table: unexpected end of data"),
    ],
)
def test_tables_that_are_none(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_bytes(content)
    with pytest.raises(BatchError, match=told) as raised:
        read_jobs(str(path))
    assert str(raised.value).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["a b", 'it\'s "q"', "two\nlines", "100%41", "#?;*", "-o", "file:x"])
def test_odd_names_in_a_folder(name: str, tmp_path: Path) -> None:
    for ending in ("txt", "wav"):
        (tmp_path / f"{name}.{ending}").touch()
    (job,) = read_jobs(str(tmp_path))
    assert (job.transcript, job.recording) == (f"{tmp_path}/{name}.txt", f"{tmp_path}/{name}.wav")
    assert job.problem is None


def test_names_that_no_alignment_could_tell(tmp_path: Path) -> None:
    (tmp_path / "ä\udcff.txt").touch()
    (tmp_path / "ä\udcff.wav").touch()
    (job,) = read_jobs(str(tmp_path))
    assert job.name == "ä\ufffd"
    assert "its name is not UTF-8" in (job.problem or "")
    (tmp_path / "jobs.csv").write_bytes(b"transcript,recording\na.txt,a\0b.wav\n")
    (job,) = read_jobs(str(tmp_path / "jobs.csv"))
    assert "a zero byte" in (job.problem or "")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nosuch://x/a.csv", "Protocol not known: nosuch"),
        ("s3://bucket/a.csv", "Install s3fs"),
        ("http://127.0.0.1:9/a.csv", "Connect"),
        ("memory://gone.csv", "there is no such file"),
        ("file:///gone.csv", "there is no such file"),
        ("memory://gone", "there is no job in it"),
    ],
)
def test_addresses_where_nothing_is(place: str, told: str) -> None:
    with pytest.raises(BatchError, match=told) as raised:
        read_jobs(place)
    assert str(raised.value).startswith(f"{place}: ")


def test_names_of_files_on_the_web() -> None:
    assert name_of("https://example.org/a%20b/c%20d.txt?token=1/2") == "c d.txt"
    assert name_of("s3://bucket/c%20d?.txt") == "c%20d?.txt"


def test_the_longest_are_first(tmp_path: Path) -> None:
    for name, size in (("a", 10), ("b", 1000), ("c", 0), ("d", 100)):
        (tmp_path / f"{name}.wav").write_bytes(bytes(size))
    jobs = [Job(name, "x.txt", str(tmp_path / f"{name}.wav")) for name in "abcd"]
    odd = [Job("gone", "x.txt", "gone.wav"), Job("far", "x.txt", "s3://bucket/a.wav"), Job("odd", "", "a\0b")]
    assert [job.name for job in longest_first([*odd, *jobs])] == ["b", "d", "a", "gone", "far", "odd", "c"]


def test_a_list(tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    path.write_text(
        '{"transcript": "a.txt", "recording": "a.wav"}\n\n{broken\n[1]\n{"transcript": "b.txt"}\n'
    )
    jobs = read_jobs(str(path))
    assert [job.problem is None for job in jobs] == [True, False, False, False]
    assert "line 3 is not JSON" in (jobs[1].problem or "")
    assert "line 4 is not an object" in (jobs[2].problem or "")
    assert "line 5 has no recording" in (jobs[3].problem or "")


def test_a_folder_of_pairs(tmp_path: Path) -> None:
    for name in (
        *("a.txt", "a.mp4", "a.srt", "in/a.html", "in/a.WAV", "b.txt", "c.mp3", "notes.zip"),
        *(".hidden/d.txt", "e.alignment.json"),
    ):
        path = tmp_path / 'it\'s a "folder"' / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    jobs = {
        (job.transcript.rpartition("/")[2], job.recording.rpartition("/")[2]): job
        for job in read_jobs(str(tmp_path / 'it\'s a "folder"'))
    }
    assert set(jobs) == {("a.txt", "a.mp4"), ("a.html", "a.WAV"), ("b.txt", ""), ("", "c.mp3")}
    assert "no recording of that name" in (jobs["b.txt", ""].problem or "")
    assert "no transcript of that name" in (jobs["", "c.mp3"].problem or "")
    assert len({job.name for job in jobs.values()}) == 4


def test_files_that_are_mostly_something_else_are_no_jobs(tmp_path: Path) -> None:
    for name in ("a.xhtml", "a.mka", "a.xml", "settings.json", "b.markdown", "b.mpeg"):
        (tmp_path / name).touch()
    found = {(Path(job.transcript).name, Path(job.recording).name) for job in read_jobs(str(tmp_path))}
    assert found == {("a.xhtml", "a.mka"), ("b.markdown", "b.mpeg")}


def test_a_remote_table_and_a_remote_folder() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/jobs/list.csv", b"transcript,recording\na.txt,a.wav\n")
    memory.pipe("/pairs/x.txt", b"")
    memory.pipe("/pairs/x.wav", b"")
    (job,) = read_jobs("memory:///jobs/list.csv")
    assert (job.transcript, job.recording) == ("memory:///jobs/a.txt", "memory:///jobs/a.wav")
    (pair,) = read_jobs("memory://pairs")
    assert (pair.name, pair.problem) == ("x", None)
    assert pair.recording.startswith("memory://")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("jobs.csv", b"", "must name the columns"),
        ("jobs.csv", b"page,sound\n", "must name the columns"),
        ("jobs.csv", b"transcript,recording\n", "no job"),
        ("jobs.csv", b'transcript,recording\n"a\n', "unexpected end"),
        ("jobs.csv", "transcript,recording\n\xe4,b".encode("latin-1"), "not UTF-8"),
        ("jobs.txt", b"x", "there is no folder, .csv or .jsonl file"),
        ("gone.csv", None, "no such file"),
    ],
)
def test_what_is_no_list_of_jobs(name: str, content: bytes | None, told: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(BatchError, match=told):
        read_jobs(str(tmp_path / name))


@given(st.lists(st.text(max_size=200), min_size=1, max_size=8))
def test_names_are_those_of_folders_and_differ(names: list[str]) -> None:
    jobs = _with_names(Job(name, f"{number}.txt", "x") for number, name in enumerate(names))
    found = [job.name for job in jobs]
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert name not in ("", ".", "..")
        assert not name.startswith(".")
        assert "/" not in name
        assert "\0" not in name


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.none()))
def test_any_object_is_a_job(row: dict) -> None:
    from asdelivered.batch.jobs import _list

    (job,) = _list(json.dumps(row), "list.jsonl")
    given_whole = all(
        isinstance(row.get(key), str) and row[key].strip() for key in ("transcript", "recording")
    )
    assert (job.problem is None) == given_whole


@pytest.mark.parametrize("name", ["journal.jsonl", "Report.HTML", "report.json", "failed", "FAILED"])
def test_names_of_the_batchs_own_files_get_a_suffix(name: str) -> None:
    first, second = _with_names([Job(name, "a.txt", "a.wav"), Job("other", "b.txt", "b.wav")])
    assert first.name.startswith(f"{name}-")
    assert second.name == "other"


def test_all_files_of_a_batch_are_reserved() -> None:
    from asdelivered.batch import batch, job, report

    assert {batch.JOURNAL, report.JSON, report.PAGE, job.FAILED} == RESERVED


@pytest.mark.parametrize("key", ["name", "transcript", "recording"])
def test_half_a_surrogate_pair_stops_no_other_job(key: str, tmp_path: Path) -> None:
    good = {"name": "good", "transcript": "a.txt", "recording": "a.wav"}
    path = tmp_path / "jobs.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in (good | {key: "half \ud800 pair"}, good)))
    odd, other = read_jobs(str(path))
    assert other.problem is None
    odd.name.encode()
    assert odd.recording_size == 0
    assert (odd.problem is None) == (key == "name")


def test_one_row_many_times_takes_no_time(slowness: Callable[[], float]) -> None:
    start = time.process_time()
    jobs = _with_names([Job("same", "a.txt", "a.wav")] * 20_000)
    assert len({job.name for job in jobs}) == 20_000
    assert time.process_time() - start < 20 * slowness()


def test_what_the_program_wrote_is_no_job(tmp_path: Path) -> None:
    for name in ("a.txt", "a.mp4", "results/b.txt", "results/report.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    put_all({tmp_path / "c.txt": b"2", tmp_path / "c.opus": b"2"}, origin=Origin(command=EXAMPLE))
    put_all({tmp_path / "results" / "a.srt": b"1", tmp_path / "results" / "report.html": b""}, force=True)
    (tmp_path / "results" / "a.srt").write_text("mended by hand")
    found = {(Path(job.transcript).name, Path(job.recording).name) for job in read_jobs(str(tmp_path))}
    assert {pair for pair in found if ".2" not in pair[0]} == {
        ("a.txt", "a.mp4"),
        ("b.txt", ""),
        ("c.txt", "c.opus"),
    }
