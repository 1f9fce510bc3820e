import json
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asdelivered.base.delivery import (
    Delivery,
    NotOursError,
    Origin,
    check_replaceable,
    deliver,
    remove_leftovers,
)
from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.files import sha256_of
from asdelivered.base.ledger import NAME, Entry, Standing, announce, is_stale, read_ledger, standing


def put(
    folder: Path, name: str, text: str, origin: Origin | None = None, force: bool = False
) -> tuple[Path, ...]:
    hidden = folder / ".hidden"
    hidden.mkdir(exist_ok=True)
    (hidden / name).write_text(text)
    return deliver([Delivery(folder / name, hidden / name, origin or Origin())], force)


def test_what_the_program_wrote_it_may_replace(tmp_path: Path) -> None:
    assert standing(tmp_path / "talk.srt") is Standing.FREE
    put(tmp_path, "talk.srt", "one")
    assert standing(tmp_path / "talk.srt") is Standing.OWN
    assert put(tmp_path, "talk.srt", "two") == ()
    assert (tmp_path / "talk.srt").read_text() == "two"


def test_what_a_person_changed_or_made_is_refused_before_and_after_the_work(tmp_path: Path) -> None:
    put(tmp_path, "talk.srt", "one")
    (tmp_path / "talk.srt").write_text("mended by hand")
    (tmp_path / "notes.txt").write_text("mine")
    for name, found in (("talk.srt", "was changed since"), ("notes.txt", "does not know that it wrote it")):
        with pytest.raises(NotOursError, match=found):
            check_replaceable([tmp_path / name])
        with pytest.raises(NotOursError, match="--force"):
            put(tmp_path, name, "two")
    assert (tmp_path / "talk.srt").read_text() == "mended by hand"
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_force_keeps_the_old_one_beside_the_new(tmp_path: Path) -> None:
    (tmp_path / "talk.alignment.json").write_text("a person's")
    (kept,) = put(tmp_path, "talk.alignment.json", "ours", force=True)
    assert kept.name.startswith("talk.2")
    assert kept.name.endswith(".alignment.json")
    assert kept.read_text() == "a person's"
    assert (tmp_path / "talk.alignment.json").read_text() == "ours"


def test_a_long_recording_is_read_again_only_where_its_size_or_time_changed(
    tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr("asdelivered.base.delivery.LONG_TO_READ", 2)
    source = tmp_path / "talk.mp4"
    source.write_text("long")
    put(tmp_path, "talk.srt", "x", Origin({source: "not its hash"}))
    entry = read_ledger(tmp_path)["talk.srt"]
    assert not is_stale(entry, tmp_path / "talk.srt")
    os.utime(source, ns=(1, 1))
    assert is_stale(entry, tmp_path / "talk.srt")


def test_of_several_files_none_is_moved_where_one_may_not_be(tmp_path: Path) -> None:
    hidden = tmp_path / ".hidden"
    hidden.mkdir()
    for name in ("a", "b"):
        (hidden / name).write_text("new")
    (tmp_path / "b").write_text("a person's")
    with pytest.raises(NotOursError):
        deliver([Delivery(tmp_path / name, hidden / name) for name in ("a", "b")])
    assert not (tmp_path / "a").exists()


def test_what_the_caller_has_read_may_be_replaced_and_nothing_newer(tmp_path: Path) -> None:
    target, staged = tmp_path / "talk.json", tmp_path / ".staged"
    target.write_text("made elsewhere, opened and edited here")
    opened = sha256_of(target)
    staged.write_text("edited")
    deliver([Delivery(target, staged, known=opened)])
    assert target.read_text() == "edited"
    target.write_text("another program wrote meanwhile")
    staged.write_text("edited again")
    with pytest.raises(NotOursError):
        deliver([Delivery(target, staged, known=opened)])
    assert target.read_text() == "another program wrote meanwhile"


def test_a_file_made_of_one_that_is_delivered_with_it_is_up_to_date(tmp_path: Path) -> None:
    (tmp_path / ".a").write_text("alignment")
    (tmp_path / ".b").write_text("captions")
    alignment = tmp_path / "talk.alignment.json"
    origin = Origin({alignment: sha256_of(tmp_path / ".a")}, ("captions", alignment.name))
    deliver([Delivery(alignment, tmp_path / ".a"), Delivery(tmp_path / "talk.srt", tmp_path / ".b", origin)])
    entry = read_ledger(tmp_path)["talk.srt"]
    assert not is_stale(entry, tmp_path / "talk.srt")
    alignment.write_text("another")
    assert is_stale(entry, tmp_path / "talk.srt")


def test_a_folder_in_the_way_is_refused_even_by_force(tmp_path: Path) -> None:
    (tmp_path / "talk.srt").mkdir()
    with pytest.raises(AsdeliveredError, match="is a folder"):
        check_replaceable([tmp_path / "talk.srt"], force=True)


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"[" * 100_000, b'{"version": 1, "files": {"talk.srt": 3}}', b"\xff"]
)
def test_a_damaged_ledger_makes_every_file_a_strangers(tmp_path: Path, damage: bytes) -> None:
    put(tmp_path, "talk.srt", "one")
    (tmp_path / NAME).write_bytes(damage)
    assert standing(tmp_path / "talk.srt") is Standing.FOREIGN


def test_a_file_is_stale_where_its_source_is_another_one_by_now(tmp_path: Path) -> None:
    source = tmp_path / "talk.txt"
    source.write_text("one")
    put(tmp_path, "talk.srt", "x", Origin({source: sha256_of(source)}, ("captions", "talk.txt")))
    entry = read_ledger(tmp_path)["talk.srt"]
    assert entry.command == ("captions", "talk.txt")
    assert not is_stale(entry, tmp_path / "talk.srt")
    os.utime(source, ns=(1, 1))  # only touched
    assert not is_stale(entry, tmp_path / "talk.srt")
    source.write_text("two")
    assert is_stale(entry, tmp_path / "talk.srt")
    source.unlink()
    assert not is_stale(entry, tmp_path / "talk.srt")


STEP = st.tuples(
    st.sampled_from(["ours", "force", "person", "delete"]), st.text("ab", min_size=1, max_size=2)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(STEP, max_size=8))
def test_whatever_happens_no_text_of_a_person_is_ever_gone(tmp_path_factory, steps) -> None:
    folder = tmp_path_factory.mktemp("folder")
    persons: set[str] = set()
    for number, (who, text) in enumerate(steps):
        path = folder / "talk.srt"
        if who == "person":
            if path.exists() and path.read_text() in persons:
                persons.discard(path.read_text())  # it was the person's own choice
            path.write_text(f"person {number} {text}")
            persons.add(path.read_text())
        elif who == "delete":
            if path.exists():
                persons.discard(path.read_text())
                path.unlink()
        else:
            try:
                put(folder, "talk.srt", f"ours {number} {text}", force=who == "force")
            except NotOursError:
                assert who == "ours"
    there = {file.read_text() for file in folder.glob("talk*")}
    assert persons <= there


KILLED = """
import sys
from pathlib import Path
from asdelivered.base.delivery import Delivery, deliver
folder = Path(sys.argv[1])
(folder / ".hidden").mkdir(exist_ok=True)
number = 0
while True:
    number += 1
    (folder / ".hidden" / "talk.srt").write_text(str(number))
    deliver([Delivery(folder / "talk.srt", folder / ".hidden" / "talk.srt")])
    if number == 1:
        print("ready", flush=True)
"""


def test_a_program_that_is_killed_still_knows_its_files(tmp_path: Path) -> None:
    for number in range(12):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.01 + 0.007 * number)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert standing(tmp_path / "talk.srt") in (Standing.OWN, Standing.FREE)
        json.loads((tmp_path / NAME).read_text())


def test_killed_twice_between_entering_and_renaming(tmp_path: Path) -> None:
    put(tmp_path, "talk.srt", "on the disk")
    for text in ("entered, then killed", "and once more"):
        announce(tmp_path, {"talk.srt": Entry((sha256(text.encode()).hexdigest(),))})
        assert standing(tmp_path / "talk.srt") is Standing.OWN
    put(tmp_path, "talk.srt", "the new one")
    (tmp_path / "talk.srt").write_text("and once more")
    assert standing(tmp_path / "talk.srt") is Standing.CHANGED


def test_what_killed_programs_left_is_removed_later(tmp_path: Path) -> None:
    old, new = tmp_path / ".0123456789abcdef.part", tmp_path / ".fedcba9876543210.part"
    for part in (old, new):
        part.write_text("x")
    os.utime(old, (1, 1))
    other = tmp_path / ".a-persons-own-one.part"
    other.write_text("mine")
    os.utime(other, (1, 1))
    put(tmp_path, "talk.srt", "one")
    assert other.exists()
    remove_leftovers(tmp_path, 3600)
    assert (old.exists(), new.exists()) == (False, True)
