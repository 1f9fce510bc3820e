"""The desk without its page: the library's files, what may be chosen and sent, and who gets an answer."""

import base64
import errno
import io
import json
import os
import shutil
import subprocess
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from truth_alignment import truth_alignment

from asdelivered.align.document.alignment_json import load, save
from asdelivered.app.desk import event_library, new_event
from asdelivered.app.desk.desk import Desk
from asdelivered.app.desk.disk import Disk
from asdelivered.app.desk.event_file import NAME, EventNotes, Stage, read_notes, with_stage, write_notes
from asdelivered.app.desk.event_library import Library, note_event
from asdelivered.app.desk.exports import (
    ClipChoices,
    alignment_of,
    captions_of_event,
    clips_of_event,
    preview_of_clip,
    speaker_lines,
    transcripts_of_event,
)
from asdelivered.app.desk.menu import install_menu_entry, menu_entry
from asdelivered.app.desk.new_event import GivenFile, NewEvent, add_event, add_example
from asdelivered.app.desk.search import LibrarySearch
from asdelivered.app.desk.sounds import piece_of, sounds_of
from asdelivered.app.desk.uploads import Uploads
from asdelivered.app.errors import AppError
from asdelivered.base.files import write_whole
from asdelivered.base.progress import Observer
from asdelivered.clips.errors import ClipError
from asdelivered.media.errors import MediaError
from asdelivered.media.recording import open_recording
from asdelivered.transcripts.structure.corrections import parse_speakers

from .conftest import DeskServer


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library")) as opened:
        yield opened


def test_an_event_is_a_folder_of_plain_files(library: Library, page: Path, sound: Path) -> None:
    event = add_event(library, NewEvent(GivenFile(page, page.name), GivenFile(sound, sound.name)))
    assert event.title == "The Harbour Stays Open"
    assert (event.folder / "harbour.txt").read_bytes() == page.read_bytes()
    assert event.recording == sound
    assert library.events() == (event,)
    assert library.event(event.key) == event
    second = add_event(library, NewEvent(GivenFile(page, page.name), GivenFile(sound, sound.name)))
    assert second.folder.name == "harbour 2"


def test_a_full_disk_leaves_no_folder_and_loses_no_upload(
    library: Library, tmp_path: Path, page: Path, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(new_event, "note_event", full)
    uploaded = Path(shutil.copy(sound, tmp_path / "upload"))
    with pytest.raises(OSError, match="No space left"):
        add_event(
            library, NewEvent(GivenFile(page, page.name), GivenFile(uploaded, "talk.opus", uploaded=True))
        )
    with pytest.raises(OSError, match="No space left"):
        add_example(library)
    assert uploaded.read_bytes() == sound.read_bytes()
    assert [path.name for path in library.folder.iterdir() if not path.name.startswith(".")] == []


def test_what_cannot_be_read_leaves_no_folder(
    library: Library, tmp_path: Path, page: Path, sound: Path
) -> None:
    nothing = tmp_path / "nothing.mp4"
    nothing.write_bytes(b"nothing")
    with pytest.raises(AppError, match=r"^nothing\.mp4 can't be read"):
        add_event(library, NewEvent("Some text.", GivenFile(nothing, nothing.name)))
    with pytest.raises(AppError, match="save the page"):
        add_event(library, NewEvent("https://example.org/speech", GivenFile(sound, sound.name)))
    for address in ("www.example.org/speech", "example.org/speech"):
        with pytest.raises(AppError, match="save the page"):
            add_event(library, NewEvent(address, GivenFile(sound, sound.name)))
    for address in ("https://www.youtube.com/watch?v=abc", "youtu.be/abc"):
        with pytest.raises(AppError, match="address of a film"):
            add_event(library, NewEvent(address, GivenFile(sound, sound.name)))
    with pytest.raises(AppError, match="paste"):
        add_event(library, NewEvent(" \n", GivenFile(sound, sound.name)))
    picture = tmp_path / "7a33"  # as an upload lies there
    picture.write_bytes(b"\xff\xd8\xff\xe0" + bytes(99))
    with pytest.raises(AppError, match=r"^page\.jpg is a picture"):
        add_event(library, NewEvent(GivenFile(picture, "page.jpg", True), GivenFile(sound, sound.name)))
    assert library.events() == ()
    assert [path.name for path in library.folder.iterdir()] == [".desk.lock"]


@pytest.mark.parametrize("name", ["../../escaped.txt", "/etc/evil.txt", "..", "a\x00b.txt", ".hidden"])
def test_names_of_uploads_stay_in_the_folder(
    library: Library, tmp_path: Path, sound: Path, name: str
) -> None:
    sent = tmp_path / "sent"
    sent.write_text("Thank you all for coming.\n\nWe will go on.", "utf-8")
    event = add_event(library, NewEvent(GivenFile(sent, name, True), GivenFile(sound, sound.name)))
    assert event.page is not None
    assert event.page.resolve().is_relative_to(library.folder)


@pytest.mark.parametrize("letter", ["l", "é", "語", "🎙"])
def test_what_is_made_of_an_event_with_a_long_name_can_be_written(
    library: Library, tmp_path: Path, sound: Path, letter: str
) -> None:
    sent = tmp_path / "sent"
    sent.write_text("Thank you all for coming.\n\nWe will go on.", "utf-8")
    event = add_event(
        library, NewEvent(GivenFile(sent, f"{200 * letter}.TXT", True), GivenFile(sound, sound.name))
    )
    assert event.page is not None
    assert event.page.suffix == ".TXT"
    put_aside = event.alignment.with_name(f"{event.stem}.review.20261129T215519858488Z.jsonl")
    put_aside.write_text("", "utf-8")
    write_whole(event.alignment, b"{}")
    assert event.alignment.is_file()


def test_an_upload_that_the_disk_has_no_room_for_is_refused_at_once(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    with pytest.raises(AppError, match="GB free: choose the file with the button"):
        uploads.begin(shutil.disk_usage(tmp_path).total + 1)
    assert [*(tmp_path / ".uploads").iterdir()] == []


def test_an_upload_is_taken_once(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    sent, chosen = uploads.path(uploads.begin(0)), tmp_path / "chosen.txt"
    with uploads.in_use(sent, chosen):
        with pytest.raises(AppError, match="being added already"), uploads.in_use(sent):
            pass
        with uploads.in_use(chosen):
            pass
    with uploads.in_use(sent):
        pass


def test_a_removed_event_comes_back_as_it_was(library: Library) -> None:
    first, second = add_example(library), add_example(library)
    files = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    removed = library.remove(first)
    assert library.events() == (second,)
    again = add_example(library)
    assert again.folder == first.folder
    other = library.remove(again)
    assert other != removed
    library.restore(removed)
    assert library.event(first.key) == first
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == files
    for name in (removed, "../library", ""):
        with pytest.raises(AppError, match="no longer among"):
            library.restore(name)
    library.restore(other)
    assert [event.folder.name for event in library.events()] == ["harbour", "harbour 2", "harbour 3"]
    assert not [*(library.folder / ".removed").iterdir()]
    (library.folder / "talk.alignment.json").write_text("{}", "utf-8")
    with pytest.raises(AppError, match="was not added here"):
        library.remove(next(event for event in library.events() if event.stem == "talk"))


def test_two_desks_do_not_share_a_library(library: Library) -> None:
    with pytest.raises(AppError, match="another desk"):
        Library(library.folder)


def test_alignments_of_commands_are_events(library: Library, page: Path, sound: Path) -> None:
    folder = library.folder / "council"
    folder.mkdir()
    (folder / "talk.alignment.json").write_text("{}", "utf-8")
    (folder / "other.alignment.json").write_text("{}", "utf-8")
    assert [event.stem for event in library.events()] == ["other", "talk"]
    with pytest.raises(AppError, match="does not say which page"):
        alignment_of(library.events()[0], None)


def test_a_list_reads_no_file_twice_that_has_not_changed(
    library: Library, page: Path, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = truth_alignment(page.with_name("harbour.truth.json"), sound, page)
    for folder in (library.folder / "made by commands", library.folder / "own"):
        folder.mkdir()
        for name in ("one", "two", "three"):
            save(made, folder / f"{name}.alignment.json")
    note_event(library.folder / "own", library.folder / "own" / "harbour.txt", sound, "Harbour", "")
    os.utime(library.folder / "own" / NAME, (1e9, 1e9))
    read: list[Path] = []
    real = Path.open

    def noting(path: Path, *more: Any, **others: Any) -> Any:
        read.append(path)
        return real(path, *more, **others)

    monkeypatch.setattr(Path, "open", noting)
    listed = library.events()
    assert len(listed) == 4
    first = [path.parent.name for path in read if path.parent != library.folder]
    assert sorted(first) == ["made by commands", "own"], "one ledger, one file of notes"
    read.clear()
    assert library.events() == listed
    assert library.event(listed[-1].key) == listed[-1]
    assert [path for path in read if path.name == NAME] == []
    with_stage(library.folder / "own", Stage.FAILED, "why")
    assert listed[-1].notes is not None
    assert library.event(listed[-1].key).notes == replace(listed[-1].notes, stage=Stage.FAILED, message="why")


def test_notes_come_back_as_they_were(tmp_path: Path) -> None:
    notes = EventNotes(
        "a.txt", "/b/c.mp4", "Títle", "2026-10-03", "de", ("[x]", "y"), Stage.FAILED, "why", "2:left"
    )
    write_notes(tmp_path, notes)
    assert read_notes(tmp_path) == notes
    (tmp_path / NAME).write_text("[1]", "utf-8")
    with pytest.raises(AppError, match="damaged"):
        read_notes(tmp_path)


def test_a_damaged_event_does_not_hide_the_others(library: Library) -> None:
    add_example(library)
    bad = library.folder / "bad"
    bad.mkdir()
    (bad / NAME).write_text("{", "utf-8")
    assert [bool(event.problem) for event in library.events()] == [True, False]


def test_what_ran_when_the_desk_ended_is_noted_as_stopped(library: Library) -> None:
    event = add_example(library)
    with_stage(event.folder, Stage.WORKING)
    library.mark_interrupted()
    notes = read_notes(event.folder)
    assert notes is not None
    assert notes.stage is Stage.STOPPED


def test_a_full_disk_does_not_close_the_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    event = add_example(library)
    with_stage(event.folder, Stage.WORKING)
    library.close()
    with monkeypatch.context() as disk:
        disk.setattr(event_library, "with_stage", full)
        with closing(Desk(Library(library.folder), None)) as desk:
            assert [one["stage"] for one in desk.state()["events"]] == ["stopped"]
    with closing(Desk(Library(library.folder), None)) as desk:
        assert [one["stage"] for one in desk.state()["events"]] == ["stopped"]
    notes = read_notes(event.folder)
    assert notes is not None
    assert notes.stage is Stage.STOPPED


def test_only_files_of_home_and_library_can_be_chosen(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home / "talks", home / ".secret", elsewhere):
        folder.mkdir(parents=True)
        (folder / "a.txt").touch()
    (home / "link").symlink_to(elsewhere)
    disk = Disk([home])
    assert disk.allowed(str(home / "talks" / "a.txt"))
    outside = (
        elsewhere / "a.txt",
        home / ".secret" / "a.txt",
        home / "link" / "a.txt",
        home / ".." / "elsewhere",
    )
    for path in (*outside, Path("/etc/passwd"), Path("a\x00b")):
        with pytest.raises(AppError):
            disk.allowed(str(path))
    assert [entry["name"] for entry in disk.listing("")["entries"]] == ["talks"]
    assert disk.listing("")["parent"] is None


@drawn(st.binary(max_size=200), st.integers(1, 50))
def test_pieces_make_the_file(data: bytes, size: int) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        uploads = Uploads(Path(folder))
        key = uploads.begin(len(data))
        for offset in range(0, len(data), size):
            for _ in range(2):  # a piece that is sent again changes nothing
                uploads.append(key, offset, data[offset : offset + size])
        assert uploads.path(key).read_bytes() == data
        with pytest.raises(AppError, match="did not arrive"):
            uploads.append(key, len(data) + 1, b"x")
        with pytest.raises(AppError, match="no longer there"):
            uploads.path("../x")


_PLAIN = st.text(st.characters(categories=["L", "Nd"], include_characters=" .'"), min_size=1, max_size=20)
NAMES = _PLAIN.map(str.strip).filter(lambda text: any(map(str.isalpha, text)))


@drawn(st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=4, unique_by=lambda row: row[2].casefold()))
def test_corrected_speakers_are_read_as_they_were_written(rows: list[tuple[str, str, str]]) -> None:
    text = speaker_lines([{"name": name, "role": role, "labels": [label]} for name, role, label in rows])
    read = parse_speakers(text, "speakers.txt")
    assert dict(read.roles) == {name: role for name, role, _ in rows}


@pytest.mark.parametrize("name", ["", "A = B", "A; B", "A, B", "# A", "- A"])
def test_a_name_that_the_file_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(AppError):
        speaker_lines([{"name": name, "role": "", "labels": ["A"]}])


def test_the_shown_command_is_the_one_that_does_it(
    library: Library, command: Callable, page: Path, sound: Path
) -> None:
    from datetime import datetime

    event = add_example(library)
    assert event.page is not None
    assert event.recording is not None
    truth = page.with_name("harbour.truth.json")
    save(truth_alignment(truth, event.recording, event.page), event.alignment)
    captions = captions_of_event(event, "bbc", ("srt", "vtt"), False)
    clips = clips_of_event(event, ClipChoices(("we can do it again",), (".edl",)), datetime(2026, 10, 3))
    transcripts = transcripts_of_event(event, ("docx", "speakers"))
    made = set()
    for export in (captions, clips, transcripts):
        result = export.function(*export.arguments, Observer())
        made |= {Path(path) for path in result["files"]}
    before = {path: path.read_bytes() for path in made}
    for path in made:
        path.unlink()
    for export in (captions, clips, transcripts):
        run = command(*export.command, through=("env", "-C", str(event.folder)))
        assert run.returncode == 0, run.stderr
    assert {path: path.read_bytes() for path in made} == before


@pytest.mark.parametrize("picture", [True, False])
def test_a_preview_is_a_frame_of_the_clip_that_is_made(
    library: Library, page: Path, sound: Path, tmp_path: Path, picture: bool
) -> None:
    from datetime import datetime

    import av
    from imageio_ffmpeg import get_ffmpeg_exe

    recording = tmp_path / "harbour.mp4" if picture else sound
    if picture:
        shown = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25", "-i", sound, "-shortest", "-g", "50"]
        subprocess.run([get_ffmpeg_exe(), "-v", "error", *shown, recording], check=True)
    event = add_event(library, NewEvent(GivenFile(page, page.name), GivenFile(recording, recording.name)))
    save(truth_alignment(page.with_name("harbour.truth.json"), recording, page), event.alignment)
    choices = ClipChoices(("we can do it again",), media="vertical", lower_third=True)
    export = clips_of_event(event, choices, datetime(2026, 10, 3))
    assert ("--lower-third" in export.command) is picture
    made = next(
        path for path in export.function(*export.arguments, Observer())["files"] if path.endswith(".mp4")
    )
    preview = preview_of_clip(event, choices)
    assert 0 < preview["moment"] <= (preview["end"] - preview["start"]) / 2
    with av.open(io.BytesIO(base64.b64decode(preview["picture"])), mode="r") as still:
        seen = next(still.decode(video=0)).to_ndarray(format="rgb24").astype(int)
    assert seen.shape == (1920, 1080, 3)
    with av.open(str(made)) as clip:
        rate = clip.streams.video[0].average_rate
        assert rate is not None
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in clip.decode(video=0)]
    differences = [float(np.abs(seen - frame).mean()) for frame in frames]
    assert differences.index(min(differences)) == pytest.approx(preview["moment"] * rate, abs=1)
    assert min(differences) < 4  # what encoding loses
    with pytest.raises(ClipError, match="transcript"):
        preview_of_clip(event, replace(choices, quotes=("nobody has ever said such a thing here",)))


def test_a_quote_is_found_in_all_events_as_they_are_now(
    library: Library, page: Path, sound: Path, command: Callable
) -> None:
    search = LibrarySearch(library)
    assert search.find("we can do it again")["hits"] == []
    events = [add_example(library), add_example(library)]
    truth = truth_alignment(page.with_name("harbour.truth.json"), sound, page)
    save(truth, events[0].alignment)
    assert [hit["key"] for hit in search.find("we can do it again")["hits"]] == [events[0].key]
    save(truth, events[1].alignment)
    assert {hit["key"] for hit in search.find("we can do it again")["hits"]} == {one.key for one in events}
    found = command("find", "we can do it again", "--archive", library.folder / "events.db", "--json")
    assert json.loads(found.stdout)["found"] == 2
    shutil.rmtree(events[0].folder)
    assert [hit["key"] for hit in search.find("we can do it again")["hits"]] == [events[1].key]


def test_what_is_made_has_the_edits_of_the_review(
    open_desk: Callable[[], DeskServer], page: Path, sound: Path
) -> None:
    server = open_desk()
    _, event = server.ask("api/example", "POST")
    alignment = server.folder / "harbour" / "harbour.alignment.json"
    save(truth_alignment(page.with_name("harbour.truth.json"), sound, page), alignment)
    line = next(one for one in load(alignment).lines if one.span is not None)
    assert line.span is not None
    moved = {"start": line.span.start + 50, "end": line.span.end}
    review = f"events/{event['key']}/review/api/lines/{line.id}/move"
    assert server.ask(review, "POST", moved)[0] == 200
    assert load(alignment).lines[0].span == line.span
    exports = f"api/events/{event['key']}/exports/captions"
    assert server.ask(exports, "POST", {"style": "bbc", "formats": ["srt"]})[0] == 200
    after = next(one for one in load(alignment).lines if one.id == line.id)
    assert after.span is not None
    assert after.span.start == moved["start"]
    made = server.folder / "harbour" / "captions" / "harbour.srt"
    deadline = time.monotonic() + 240
    while not made.is_file():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_sound_to_align_is_chosen_by_ear(library: Library, page: Path, tmp_path: Path) -> None:
    from imageio_ffmpeg import get_ffmpeg_exe

    film = tmp_path / "floor.mka"
    tones = [("-f", "lavfi", "-i", f"sine={pitch}:duration=2") for pitch in (300, 900)]
    mapped = (
        "-filter_complex",
        "[0:a][1:a]join=inputs=2:channel_layout=stereo[s]",
        "-map",
        "0:a",
        "-map",
        "[s]",
    )
    words = [word for tone in tones for word in tone]
    subprocess.run([get_ffmpeg_exe(), "-v", "error", *words, *mapped, film], check=True)
    choices = sounds_of(open_recording(film))
    assert [one["value"] for one in choices] == ["auto", "1", "2", "2:left", "2:right"]
    loudest = {}
    for one in choices[1:]:
        with wave.open(io.BytesIO(piece_of(open_recording(film), one["value"]))) as piece:
            samples = np.frombuffer(piece.readframes(piece.getnframes()), "<i2")
            spectrum = np.abs(np.fft.rfft(samples))
            loudest[one["value"]] = round(np.argmax(spectrum) * piece.getframerate() / len(samples), -2)
    assert loudest["1"] == loudest["2:left"] == 300
    assert loudest["2:right"] == 900
    event = add_event(library, NewEvent(GivenFile(page, page.name), GivenFile(film, film.name)))
    assert event.notes is not None
    write_notes(event.folder, replace(event.notes, sound="2:right"))
    event = library.event(event.key)
    assert alignment_of(event, None).command[-2:] == ("--sound", "2:right")
    with pytest.raises(MediaError):
        piece_of(open_recording(film), "3")


def test_the_menu_entry_quotes_its_program(tmp_path: Path) -> None:
    entry = menu_entry(tmp_path / "icon.svg")
    assert entry.startswith("[Desktop Entry]\n")
    assert " -m asdelivered desk --from-menu\n" in entry
    assert "Terminal=false\n" in entry
    if validator := shutil.which("desktop-file-validate"):
        written = tmp_path / "asdelivered-desk.desktop"
        written.write_text(entry, "utf-8")
        told = subprocess.run([validator, written], capture_output=True, text=True, check=False)
        assert (told.returncode, told.stdout) == (0, "")


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_a_system_with_other_menus_gets_no_file(
    system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with pytest.raises(AppError, match="make a shortcut"):
        install_menu_entry()
    assert [*tmp_path.iterdir()] == []


def test_corrections_of_two_windows_do_not_undo_each_other(open_desk: Callable[..., DeskServer]) -> None:
    server = open_desk()
    _, event = server.ask("api/example", "POST")
    path = f"api/events/{event['key']}/text"
    _, seen = server.ask(path)
    body = {"language": None, "speakers": [], "version": seen["version"]}
    status, first = server.ask(path, "PUT", {**body, "unspoken": ["Applause"]})
    assert status == 200
    status, told = server.ask(path, "PUT", {**body, "unspoken": ["Laughter"]})
    assert status == 409
    assert "in another window" in told["error"]
    assert server.ask(path)[1]["unspoken_texts"] == ["Applause"]
    assert server.ask(path, "PUT", {**body, "unspoken": [], "version": first["version"]})[0] == 200


def test_who_starts_an_open_desk_again_is_led_to_it(
    open_desk: Callable[..., DeskServer], command: Callable, tmp_path: Path
) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    server = open_desk(**state)
    again = ("desk", server.folder, "--no-browser", "--json")
    run = command(*again, **state)
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["address"] == server.address
    (note,) = (path for path in (tmp_path / "state").rglob("desk-*"))
    assert note.stat().st_mode & 0o077 == 0
    other = command(*again, XDG_STATE_HOME=str(tmp_path / "elsewhere"))
    assert other.returncode == 1
    assert "open in another desk" in other.stderr
    note.write_text("http://127.0.0.1:9/nobody/", "utf-8")  # of a desk that is gone
    assert command(*again, **state).returncode == 1
    server.stop()
    assert not note.exists()


def test_only_the_page_itself_gets_answers(open_desk: Callable[[], DeskServer]) -> None:
    server = open_desk()
    key = server.address.rstrip("/").rpartition("/")[2]
    import urllib.error
    import urllib.request

    for address, headers in (
        (server.address.replace(key, "x" * len(key)) + "api/state", {}),
        (server.address + "api/state", {"Origin": "https://example.org"}),
        (server.address + "api/state", {"Host": "example.org"}),
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20)
        assert refused.value.code in (403, 421)
        refused.value.close()
    assert server.ask("api/events/abc")[0] == 409
    assert server.ask("api/browse?path=/etc")[0] == 409
    status, event = server.ask("api/example", "POST")
    assert status == 200
    for name in ("desk.json", "..%2F..%2Fx", ".asdelivered.json", "harbour.opus"):
        assert server.ask(f"events/{event['key']}/files/{name}")[0] == 404
    assert (
        server.ask(
            f"api/events/{event['key']}/exports/captions", "POST", {"style": "bbc", "formats": ["srt"]}
        )[0]
        == 409
    )
    assert server.ask(f"events/{event['key']}/review/api/lines")[0] == 409


def test_unspoken_texts_and_speakers_reach_the_command(library: Library) -> None:
    event = add_example(library)
    assert event.notes is not None
    write_notes(
        event.folder, EventNotes("harbour.txt", "harbour.opus", language="en", unspoken=("[x]", "(y)"))
    )
    (event.folder / "speakers.txt").write_text("A = B\n", "utf-8")
    shown = alignment_of(library.events()[0], None).command
    assert shown == (
        *("align", "harbour.txt", "harbour.opus", "--language", "en"),
        *("--speakers", "speakers.txt", "--unspoken", r"\[x\]|\(y\)"),
    )
    assert json.loads((event.folder / NAME).read_text("utf-8"))["version"] == 1
    shutil.rmtree(event.folder)
