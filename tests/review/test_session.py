"""Edits of a review: what they make of a line, and that none is ever lost."""

import http.client
import json
import multiprocessing
import random
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asdelivered.align.document.alignment import AlignedLine, AlignedWord, Status
from asdelivered.align.document.alignment_json import encode, load, to_json
from asdelivered.align.document.pins import read_pins
from asdelivered.base.span import TimeSpan
from asdelivered.review.changes import Selection
from asdelivered.review.edits import EditError, accepted, as_pinned, moved
from asdelivered.review.errors import ReviewError
from asdelivered.review.session import Session, review_file

from .conftest import Server, example


def journal(path: Path) -> Path:
    return review_file(path, ".review.jsonl")


@pytest.fixture
def session(harbour):
    opened = Session(harbour)
    yield opened
    opened.close()


def again(session: Session) -> Session:
    """The session as it is after a crash: whatever was in memory is gone."""
    session.close()
    return Session(session.path)


def test_accepting_keeps_start_and_end(session):
    before = session.state("L0001").line
    session.accept("L0001")
    state = session.state("L0001")
    assert state.line.span == before.span
    assert state.pin is not None
    assert TimeSpan(state.pin.start, state.pin.end) == before.span
    assert [word.confidence for word in (state.line.words[0], state.line.words[-1])] == [1.0, 1.0]


def test_nudging_moves_one_edge_and_keeps_the_words_between(session):
    before = session.state("L0001").line
    session.move("L0001", before.span.start - 20, before.span.end)
    after = session.state("L0001").line
    assert after.span == TimeSpan(before.span.start - 20, before.span.end)
    assert after.words[0].span.start == after.span.start
    assert [word.span for word in after.words[1:]] == [word.span for word in before.words[1:]]


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_words_fit_into_any_line(data):
    texts = data.draw(st.lists(st.sampled_from(["a", "word", "–", "considerable"]), min_size=1, max_size=12))
    at, words = 5000, []
    for text in texts:
        length = data.draw(st.integers(10, 900))
        if data.draw(st.booleans()) and text != "–":
            words.append(AlignedWord(text, Status.MATCHED, TimeSpan(at, at + length), 0.9))
        else:
            words.append(AlignedWord(text, Status.UNSPOKEN, None, None))
        at += length
    spans = [word.span for word in words if word.span]
    span = TimeSpan(spans[0].start, spans[-1].end) if spans else None
    line = AlignedLine(
        "L1", "T1", None, " ".join(texts), Status.PARTIAL, span, 0.5 if span else None, tuple(words)
    )
    start = data.draw(st.integers(0, 20_000))
    end = start + data.draw(st.integers(1, 20_000))
    try:
        pin = moved(line, start, end)
    except EditError:
        return
    after = as_pinned(line, pin)
    timed = [word.span for word in after.words if word.span]
    assert after.span == TimeSpan(start, end)
    assert (timed[0].start, timed[-1].end) == (start, end)
    assert timed == sorted(timed)
    assert all(left.end <= right.start for left, right in pairwise(timed))
    assert accepted(after) == pin


def test_a_line_can_not_pass_a_fixed_one(session):
    session.accept("L0002")
    fixed = session.state("L0002").line.span
    with pytest.raises(EditError, match="L0002, which stands after it, is fixed"):
        session.move("L0001", fixed.start - 3000, fixed.start + 10)
    with pytest.raises(EditError, match="ends after it starts"):
        session.move("L0001", 3000, 2000)
    with pytest.raises(EditError, match="no line L9999"):
        session.accept("L9999")


def test_a_line_can_pass_a_fixed_one_that_is_on_another_channel(tmp_path):
    channels = {"L0001": 1, "L0002": 2}
    opened = Session(example(tmp_path, lambda line: replace(line, channel=channels.get(line.id))))
    opened.accept("L0002")
    fixed = opened.state("L0002").line.span
    assert fixed is not None
    opened.move("L0001", fixed.start - 3000, fixed.start + 10)
    assert opened.state("L0001").line.span == TimeSpan(fixed.start - 3000, fixed.start + 10)
    assert opened.state("L0001").line.channel == 1
    opened.close()


def test_undo_redo_and_reload(session):
    before = session.alignment()
    session.move("L0003", *_wider(session, "L0003"))
    moved_once = session.alignment()
    session.mark_unspoken("L0004")
    unspoken = session.alignment()
    assert unspoken.lines[4].span is None
    session.undo()
    assert session.alignment() == moved_once
    session.undo()
    assert session.alignment() == before
    assert session.pins == ()
    session.redo()
    session = again(session)
    assert session.alignment() == moved_once
    assert session.can_redo
    session.redo()
    assert session.alignment() == unspoken
    session.clear("L0004")
    assert session.alignment() == moved_once
    session.set_clips((Selection("L0001", 0, "L0002", 1),))
    session = again(session)
    assert session.clips == (Selection("L0001", 0, "L0002", 1),)
    session.close()


def _wider(session, line):
    span = session.state(line).line.span
    return span.start - 30, span.end + 30


def test_saving_writes_alignment_and_pins_and_undo_goes_on(session, harbour):
    before = session.alignment()
    session.move("L0003", *_wider(session, "L0003"))
    session.accept("L0005")
    path, pins = saved(session)
    assert [line.span for line in load(path).lines] == [line.span for line in session.alignment().lines]
    assert [pin.line for pin in read_pins(pins)] == ["L0003", "L0005"]
    session.mark_unspoken("L0007")
    session = again(session)
    assert [pin.line for pin in session.pins] == ["L0003", "L0005", "L0007"]
    for _ in range(3):
        session.undo()
    assert session.alignment().lines == before.lines
    session = again(session)
    assert session.alignment().lines == before.lines
    assert session.pins == ()
    session.close()


def saved(session, meanwhile=lambda: None) -> tuple[Path, Path]:
    """Write alignment and pins as the server does, and do something while the file is made."""
    unsaved = session.unsaved()
    content = encode(unsaved.alignment)
    meanwhile()
    session.record_save(unsaved, content)
    return session.write(unsaved, content)


def test_what_is_edited_while_the_file_is_made_is_kept(session, harbour):
    session.accept("L0001")
    session.move("L0003", *_wider(session, "L0003"))

    def edit():
        session.undo()
        session.mark_unspoken("L0007")

    path, pins = saved(session, edit)
    assert [pin.line for pin in read_pins(pins)] == ["L0001", "L0003"]
    assert [line.span is None for line in load(path).lines if line.id == "L0007"] == [False]
    now, own = replace(session.alignment(), created=load(path).created), session.pins
    session = again(session)
    assert (to_json(session.alignment()), session.pins) == (to_json(now), own)
    assert [pin.line for pin in session.pins] == ["L0001", "L0007"]
    session.close()


def test_a_save_that_was_announced_and_never_written_changes_nothing(session, harbour):
    session.move("L0003", *_wider(session, "L0003"))
    before = harbour.read_bytes()
    unsaved = session.unsaved()
    session.record_save(unsaved, encode(unsaved.alignment))
    now = session.alignment()
    session = again(session)
    assert harbour.read_bytes() == before
    assert (session.alignment(), session.notes) == (now, ())
    session.close()


def test_a_torn_last_line_is_left_out_and_told(session, harbour):
    session.accept("L0001")
    session.accept("L0002")
    session.close()
    content = journal(harbour).read_bytes()
    for cut in range(1, len(content.splitlines()[-1]), 37):
        journal(harbour).write_bytes(content[: -1 - cut])
        session = Session(harbour)
        assert [pin.line for pin in session.pins] == ["L0001"]
        assert "cut off" in session.notes[0]
        session.accept("L0003")
        session.close()
        session = Session(harbour)
        assert [pin.line for pin in session.pins] == ["L0001", "L0003"]
        assert session.notes == ()
        session.close()


def test_a_journal_that_is_damaged_inside_is_not_guessed_at(session, harbour):
    session.accept("L0001")
    session.close()
    lines = journal(harbour).read_text().splitlines(keepends=True)
    journal(harbour).write_text(lines[0] + "{]\n" + lines[1])
    with pytest.raises(ReviewError, match="damaged at line 2"):
        Session(harbour)


def test_edits_are_applied_again_to_a_new_alignment_and_their_journal_is_kept(session, harbour):
    session.accept("L0001")
    session.close()
    content = journal(harbour).read_bytes()
    data = json.loads(harbour.read_text())
    data["created"] = "2026-12-01T00:00:00+00:00"
    harbour.write_text(json.dumps(data))
    session = Session(harbour)
    assert [pin.line for pin in session.pins] == ["L0001"]
    assert "belongs to an earlier alignment" in session.notes[0]
    assert "Edits of 1 line were applied" in session.notes[1]
    (aside,) = harbour.parent.glob("*.review.*Z.jsonl")
    assert aside.read_bytes() == content
    reopened = again(session)
    assert [pin.line for pin in reopened.pins] == ["L0001"]
    reopened.close()


def test_an_edit_whose_line_is_gone_is_named_and_one_that_moved_is_found(session, harbour):
    session.mark_unspoken("L0001")
    session.accept("L0003")
    session.close()
    alignment = load(harbour)
    first = alignment.lines[1]
    words = (replace(first.words[0], text="Other"), *first.words[1:])
    changed = replace(first, words=words, text=" ".join(word.text for word in words))
    lines = (changed, *(replace(line, id=f"N{line.id}") for line in alignment.lines[2:]))
    harbour.write_bytes(encode(replace(alignment, lines=lines)))
    session = Session(harbour)
    assert [pin.line for pin in session.pins] == ["NL0003"]
    assert any("found no line" in note and "L0001" in note for note in session.notes)
    session.close()


def test_edits_of_another_recording_are_not_applied(session, harbour):
    session.accept("L0001")
    session.close()
    alignment = load(harbour)
    other = replace(alignment.recording, sha256="0" * 64)
    harbour.write_bytes(encode(replace(alignment, recording=other)))
    session = Session(harbour)
    assert session.pins == ()
    assert "has no edits of this recording" in session.notes[0]
    session.close()


def test_a_journal_that_was_put_aside_is_taken_up(session, harbour, tmp_path):
    session.accept("L0001")
    session.close()
    aside = journal(harbour).rename(tmp_path / "old.jsonl")
    session = Session(harbour, aside)
    assert [pin.line for pin in session.pins] == ["L0001"]
    session.close()
    aside.write_text("{}\n")
    with pytest.raises(ReviewError, match="not a journal"):
        Session(harbour, aside)


def save(session: Session) -> None:
    unsaved = session.unsaved()
    content = encode(unsaved.alignment)
    session.record_save(unsaved, content)
    session.write(unsaved, content)


def test_a_save_replaces_no_file_that_another_program_wrote_meanwhile(session, harbour):
    session.accept("L0001")
    save(session)
    session.accept("L0003")
    save(session)
    other = harbour.read_bytes().replace(b'"created"', b'"created" ')
    harbour.write_bytes(other)
    session.accept("L0005")
    with pytest.raises(ReviewError, match="changed by another program"):
        save(session)
    assert harbour.read_bytes() == other
    reopened = again(session)
    assert [pin.line for pin in reopened.pins] == ["L0001", "L0003", "L0005"]
    reopened.close()


def test_a_save_replaces_no_pins_that_a_person_wrote_meanwhile(session, harbour):
    session.accept("L0001")
    save(session)
    pins = review_file(harbour, ".pins.json")
    mine = pins.read_text() + "\n"
    pins.write_text(mine)
    with pytest.raises(ReviewError, match=r"pins\.json was changed by another program"):
        save(session)
    assert pins.read_text() == mine


def test_one_review_at_a_time(session, harbour):
    with pytest.raises(ReviewError, match="in use"):
        Session(harbour)


def test_the_server_is_killed_within_200_edits(tmp_path):
    """What was answered as saved is there after SIGKILL; only the edit in flight may be there or not."""
    path = example(tmp_path)
    rng = random.Random(8)
    saved = edits = 0
    for stop in (60, 130, 200):
        server = Server(path)
        assert entries(path) in (saved, saved + 1), "an edit that was told to be saved is gone"
        saved = entries(path)
        pinned = server.ask("api/state")["pins"]
        killer = threading.Timer(60, server.process.kill)
        while server.process.poll() is None:
            if edits == stop:
                killer = threading.Timer(rng.uniform(0, 0.02), server.process.kill)
                killer.start()
            try:
                server.ask(f"api/lines/L0001/{'clear' if pinned else 'accept'}", "POST", {})
            except (OSError, http.client.HTTPException):
                break
            pinned = not pinned
            saved, edits = saved + 1, edits + 1
        killer.join()
        server.process.wait()
        server.stop()
    assert edits >= 200
    assert entries(path) in (saved, saved + 1)
    Session(path).close()


def entries(path: Path) -> int:
    """Whole entries of the journal, its head left out."""
    return journal(path).read_bytes().count(b"\n") - 1


def test_killed_at_any_moment_while_writing(tmp_path):
    """Thirty processes are killed in the midst of their edits, each after telling what it saved."""
    path = example(tmp_path)
    context = multiprocessing.get_context("fork")
    rng = random.Random(9)
    for _ in range(30):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_edit_for_ever, args=(path, there))
        process.start()
        there.close()
        before = here.recv()
        time.sleep(rng.uniform(0, 0.05))
        process.kill()
        process.join()
        told = before
        try:
            while True:
                told = here.recv()
        except EOFError:
            pass
        assert entries(path) in (told, told + 1)
        session = Session(path)
        assert len(session.pins) == session.journal.entries % 2
        session.close()


def _edit_for_ever(path: Path, told) -> None:
    session = Session(path)
    told.send(session.journal.entries)
    while True:
        (session.clear if session.pins else session.accept)("L0001")
        told.send(session.journal.entries)
