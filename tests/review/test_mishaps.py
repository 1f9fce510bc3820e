"""A full disk, a folder that can't be written, a second review: each is told of in a sentence, and no edit is lost."""

import os
import resource
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from asdelivered.align.document.alignment_json import load
from asdelivered.review.session import Session

from .conftest import COMMAND, Server, example, opened


def refused(alignment: Path, through: Sequence[str] = ()) -> str:
    """What the command says when it can't serve an alignment: one line."""
    command = [*through, COMMAND, "review", alignment, "--no-browser"]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stdout) == (1, ""), run.stderr
    assert run.stderr.startswith("asdelivered: ")
    assert "Traceback" not in run.stderr
    return " ".join(run.stderr.split())


def test_a_full_disk_refuses_edits_and_keeps_those_before(tmp_path):
    alignment = example(tmp_path)
    before = alignment.read_bytes()
    server = Server(alignment)
    try:
        server.ask("api/lines/L0001/accept", "POST", {})
        journal = alignment.with_name("harbour.review.jsonl")
        full = journal.stat().st_size + 300  # room for a part of an edit
        unlimited = resource.prlimit(
            server.process.pid, resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY)
        )
        whole = journal.read_bytes()
        for path, body in (("lines/L0002/accept", {}), ("undo", {}), ("lines/L0003/unspoken", {})):
            status, told = server.raw(f"api/{path}", "POST", body)
            if path == "undo":  # which takes less room than there is
                assert status == 200
                server.ask("api/redo", "POST", {})
                whole = journal.read_bytes()
            else:
                assert status == 409
                assert b"the edit cannot be saved" in told
                assert b"free some space" in told
                assert journal.read_bytes() == whole
        assert server.ask("api/state")["pins"] == 1
        status, told = server.raw("api/save", "POST", {})
        assert status == 409
        assert alignment.read_bytes() == before
        assert not [*tmp_path.glob("*.part"), *tmp_path.glob(".*.part")]
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
        server.ask("api/lines/L0002/accept", "POST", {})
    finally:
        server.process.kill()
        server.stop()
    session = Session(alignment)
    assert [pin.line for pin in session.pins] == ["L0001", "L0002"]
    assert session.notes == ()
    session.close()


def test_the_second_review_of_an_alignment_is_refused(tmp_path):
    alignment = example(tmp_path)
    server = Server(alignment)
    try:
        assert "this alignment is being reviewed in another window" in refused(alignment)
        server.ask("api/lines/L0001/accept", "POST", {})
    finally:
        server.stop()
    again = Server(alignment)
    try:
        assert again.ask("api/state")["pins"] == 1
    finally:
        again.stop()


def test_a_folder_that_can_not_be_written_is_told_of(tmp_path):
    alignment = example(tmp_path)
    through = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if through and not shutil.which("setpriv"):
        pytest.skip("nothing keeps root from writing here: setpriv (util-linux) is missing")
    tmp_path.chmod(0o555)
    try:
        said = refused(alignment, through)
    finally:
        tmp_path.chmod(0o755)
    assert "the journal of the review cannot be written (Permission denied)" in said
    assert "copy the alignment to a folder of yours" in said
    assert load(alignment)


def test_a_link_leads_to_the_journal_of_the_file_itself(tmp_path):
    alignment = example(tmp_path)
    link = tmp_path / "elsewhere" / "link.alignment.json"
    link.parent.mkdir()
    link.symlink_to(alignment)
    before = alignment.read_bytes()
    server = Server(link)
    try:
        server.ask("api/lines/L0001/accept", "POST", {})
        assert alignment.with_name("harbour.review.jsonl").exists()
        assert [one.name for one in link.parent.iterdir()] == [link.name]
        server.ask("api/save", "POST", {})
    finally:
        server.process.kill()
        server.stop()
    assert link.is_symlink()
    assert alignment.read_bytes() != before


def test_a_recording_that_goes_while_it_is_reviewed_is_told_of(tmp_path, chromium):
    """A disk on the network that is gone: the edits go on."""
    alignment = example(tmp_path)
    server = Server(alignment)
    context = chromium.new_context()  # whose console may tell of what was not found
    try:
        (tmp_path / "harbour.opus").rename(tmp_path / "gone.opus")
        assert server.raw("media")[0] == 404
        page = opened(context.new_page(), server)
        page.wait_for_selector("#notes:has-text('the recording is not where it was')")
        page.select_option("#language", "de")
        page.wait_for_selector("#notes:has-text('Die Aufnahme ist nicht mehr da')")
        server.ask("api/lines/L0001/accept", "POST", {})
        server.ask("api/save", "POST", {})
        (tmp_path / "gone.opus").rename(tmp_path / "harbour.opus")
        assert server.raw("media")[0] == 200
    finally:
        context.close()
        server.stop()
