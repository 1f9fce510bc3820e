"""`asdelivered archive` and `find --archive` as users run them."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from archive_events import write_event
from truth_alignment import truth_alignment
from typer.testing import CliRunner

from asdelivered.align.document.alignment_json import load, save
from asdelivered.app.main import app


def run(*arguments: str | Path):
    return CliRunner().invoke(app, [*map(str, arguments)])


@pytest.fixture(scope="module")
def harbour(page: Path, sound: Path, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("harbour") / "harbour.alignment.json"
    save(truth_alignment(page.with_suffix(".truth.json"), sound, page), path)
    return path


@pytest.fixture
def events(tmp_path: Path) -> Path:
    folder = tmp_path / "events"
    (folder / "2024").mkdir(parents=True)
    write_event(1, folder)
    write_event(2, folder / "2024")
    return folder


@pytest.fixture
def database(harbour: Path, events: Path, tmp_path: Path) -> Path:
    path = tmp_path / "events.db"
    done = run("archive", "add", path, events, "--jobs", "1")
    assert (done.exit_code, done.stdout) == (0, f"{path}: 2 added\n")
    assert run("archive", "add", path, harbour).exit_code == 0
    return path


def test_events_are_listed_shown_and_exported(database, harbour, events, tmp_path):
    listed = json.loads(run("archive", "list", database, "--json").stdout)
    assert [event["name"] for event in listed] == ["harbour", "2024/event-00002", "event-00001"]
    assert listed[0]["date"] == "2026-10-03"
    assert listed[0]["speakers"][0] == "Westhaven Harbour Commissioner Anna Reed"
    assert "2026-10-03  0:02:24.1  harbour  harbour" in run("archive", "list", database).stdout
    shown = run("archive", "show", database, "harbour").stdout
    assert "Daniel Moss, Editor Westhaven Gazette\n" in shown
    assert "0:01:19.9  It has been rebuilt before, and we can do it again." in shown
    done = run("archive", "export", database, "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert (tmp_path / "out" / "harbour.alignment.json").read_bytes() == harbour.read_bytes()
    assert load(tmp_path / "out" / "2024" / "event-00002.alignment.json") == load(
        events / "2024" / "event-00002.alignment.json"
    )


def test_a_quote_is_found_in_all_events(database, sound):
    quote = "it was rebuild before and we can do it again"
    hit = json.loads(run("find", quote, "--archive", database, "--json").stdout)["hits"][0]
    assert (hit["event"], hit["start"], hit["end"]) == ("harbour", 79.904, 82.49)
    assert hit["link"] == f"{sound.as_uri()}#t=79.904,82.49"
    assert "Old Customs House" in hit["citation"]
    assert "3 October 2026" in hit["citation"]
    told = run("find", quote, database, "--limit", "1")
    assert told.stdout.startswith("1. 0:01:19.904 to 0:01:22.490\n   harbour\n   Westhaven")


def test_filters_choose(database):
    quote = ("find", "nobody's taxes go up", "--archive", database)
    assert run(*quote).exit_code == 0
    assert run(*quote, "--speaker", "anna reed", "--event", "HARB", "--since", "2026-10-03").exit_code == 0
    for wrong in (("--speaker", "Moss"), ("--event", "2024"), ("--until", "2026-10-02")):
        assert run(*quote, *wrong).exit_code == 1


def test_adding_again_leaves_what_is_unchanged(database, events):
    path = write_event(1, events)
    path.write_text(path.read_text().replace('"created": "2026', '"created": "2027'))
    done = json.loads(run("archive", "add", database, events, "--json", "--jobs", "1").stdout)
    assert done["replaced"] == ["event-00001"]
    assert [Path(one).name for one in done["unchanged"]] == ["event-00002.alignment.json"]


def test_an_event_that_was_moved_is_named(database, events):
    (events / "moved").mkdir()
    first = sorted(events.glob("*.alignment.json"))[0]
    first.rename(events / "moved" / first.name)
    name = first.name.removesuffix(".alignment.json")
    said = run("archive", "add", database, events).stderr
    assert (
        f"events with the page and the recording of others: moved/{name} of {name}; if a file was moved"
        in said
    )
    assert "of others" not in run("archive", "add", database, events).stderr


def test_another_event_of_that_name_is_not_replaced(database, events, harbour, tmp_path):
    other = shutil.copy(events / "event-00001.alignment.json", tmp_path / "harbour.alignment.json")
    done = run("archive", "add", database, other)
    assert done.exit_code == 1
    assert "another event 'harbour'" in done.stderr
    assert run("archive", "add", database, other, "--name", "other", "--date", "2020-02-29").exit_code == 0
    assert json.loads(run("archive", "show", database, "other", "--json").stdout)["date"] == "2020-02-29"


def test_a_broken_file_does_not_stop_the_others(database, events):
    (events / "broken.alignment.json").write_text("{")
    write_event(3, events)
    done = run("archive", "add", database, events, "--jobs", "1")
    assert done.exit_code == 1
    assert "broken.alignment.json: not an alignment" in done.stderr
    assert "1 added, 2 unchanged, 1 failed" in done.stdout


def test_nothing_is_made_of_paths_that_are_not_there(tmp_path):
    result = run("archive", "add", tmp_path / "new.db", tmp_path / "gone", tmp_path / "gone.alignment.json")
    assert result.exit_code == 1
    assert "there is no such file or folder" in result.stderr
    assert not (tmp_path / "new.db").exists()


def test_removing_is_all_or_nothing(database):
    done = run("archive", "remove", database, "harbour", "harbuor")
    assert done.exit_code == 1
    assert "did you mean harbour?" in done.stderr
    assert run("archive", "show", database, "harbour").exit_code == 0
    assert run("archive", "remove", database, "harbour").exit_code == 0
    assert run("find", "nobody's taxes go up", "--archive", database).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("find", "x"),
        ("find", "x", "a", "--archive", "b"),
        ("archive", "add", "a.db", "x", "--url", "nowhere"),
        ("archive", "add", "a.db", "x", "--date", "yesterday"),
    ],
)
def test_wrong_use(arguments):
    assert run(*arguments).exit_code == 2


def test_what_a_person_said_of_an_event_is_kept_when_it_is_replaced(
    page: Path, sound: Path, tmp_path: Path
) -> None:
    shutil.copy(page, tmp_path)
    path, db, url = tmp_path / "talk.alignment.json", tmp_path / "events.db", "https://cdn.example.org/a.opus"
    made = truth_alignment(page.with_suffix(".truth.json"), sound, tmp_path / page.name)

    def add(created: str, *options: str) -> tuple[str, dict]:
        save(replace(made, created=created), path)
        done = run("archive", "add", db, path, *options)
        assert done.exit_code == 0, done.stderr
        return done.stderr, json.loads(run("archive", "show", db, "talk", "--json").stdout)

    assert add("1")[1]["date"] == "2026-10-03"  # as its page says
    said, event = add("2", "--url", url, "--date", "2026-10-05")
    assert ("given before" in said, event["url"], event["date"]) == (False, url, "2026-10-05")
    said, event = add("3")
    assert (event["url"], event["date"]) == (url, "2026-10-05")
    assert "(--url) given before is kept by 1 of the replaced events" in said
    assert "(--date) given before is kept by 1 of the replaced events" in said
    assert add("3", "--date", "2026-10-06")[1]["url"] == url
    (tmp_path / page.name).unlink()  # what the page said was known before
    said, event = add("4")
    assert (event["url"], event["date"]) == (url, "2026-10-06")
    run("archive", "remove", db, "talk")
    assert add("5")[1]["url"] is None


def test_an_address_is_for_one_event_or_has_its_name(tmp_path):
    for number in range(2):
        write_event(number, tmp_path)
    db = tmp_path / "events.db"
    done = run("archive", "add", db, tmp_path, "--url", "https://cdn.example.org/all.opus")
    assert done.exit_code == 2
    assert "--url is for one event, and these are 2: put {name}" in done.stderr
    assert not db.exists()
    assert run("archive", "add", db, tmp_path, "--url", "{name}.opus").exit_code == 2
    shutil.move(tmp_path / "event-00001.alignment.json", tmp_path / "a & b#ü.alignment.json")
    done = run("archive", "add", db, tmp_path, "--jobs", "1", "--url", "https://cdn.example.org/{name}.opus")
    assert done.exit_code == 0, done.stderr
    assert {
        event["name"]: event["url"] for event in json.loads(run("archive", "list", db, "--json").stdout)
    } == {
        "event-00000": "https://cdn.example.org/event-00000.opus",
        "a & b#ü": "https://cdn.example.org/a%20%26%20b%23%C3%BC.opus",
    }


def test_filters_are_for_archives(harbour):
    for option, value in (("--event", "y"), ("--since", "2026-01-01"), ("--until", "2026-01-01")):
        assert run("find", "x", harbour, option, value).exit_code == 2


def test_places_are_chosen_in_an_alignment_only(database):
    for option in ("--nth", "--near"):
        assert run("find", "x", "--archive", database, option, "1").exit_code == 2


def test_names_do_not_lead_out_of_the_folder(database, events, tmp_path):
    run("archive", "add", database, events / "event-00001.alignment.json", "--name", "../../../x/..")
    done = run("archive", "export", database, "../../../x/..", "-o", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "out" / "x.alignment.json").is_file()


def test_a_disk_that_is_full(events, tmp_path, command):
    """The kernel refuses to write more than so much to a file, as a full disk does."""
    database = tmp_path / "events.db"
    assert run("archive", "add", database, events / "event-00001.alignment.json").exit_code == 0
    before = run("archive", "show", database, "event-00001").stdout
    limited = command("archive", "add", database, events, through=("prlimit", "--fsize=300000"))
    assert limited.returncode == 1
    assert "the archive is as it was" in limited.stderr
    assert "Traceback" not in limited.stderr
    assert run("archive", "show", database, "event-00001").stdout == before
    assert run("archive", "add", database, events, "--jobs", "1").exit_code == 0


def test_a_folder_that_cannot_be_written_to(events, tmp_path, command):
    """Root may write everywhere; without that right it is as any other user of its own files."""
    folder = tmp_path / "closed"
    folder.mkdir()
    assert run("archive", "add", folder / "events.db", events / "event-00001.alignment.json").exit_code == 0
    folder.joinpath("events.db").chmod(0o444)
    folder.chmod(0o555)
    through = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
    try:
        refused = command("archive", "add", folder / "events.db", events, through=through)
        made = command("archive", "add", folder / "new.db", events, through=through)
        read = command("archive", "list", folder / "events.db", through=through)
    finally:
        folder.chmod(0o755)
    if "setpriv" in refused.stderr:
        pytest.skip(f"rights can't be dropped here: {refused.stderr.strip()}")
    assert (refused.returncode, made.returncode, read.returncode) == (1, 1, 0)
    assert "check its permissions" in refused.stderr
    assert "new.db: the archive cannot be" in made.stderr
    assert "event-00001" in read.stdout
