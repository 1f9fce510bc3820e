"""The clip list of a review: cut, reordered, rendered, and honest about words that have lost their time."""

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import av
import imageio_ffmpeg
import pysrt
import pytest

from asdelivered.align.document.alignment_json import load

from .conftest import Server, example


@pytest.fixture
def server(harbour: Path) -> Iterator[Server]:
    server = Server(harbour)
    yield server
    server.stop()


def ended(server: Server) -> dict:
    """The state when the work is done."""
    for _ in range(600):
        state = server.ask("api/state")
        if state["work"] is None:
            return state
        time.sleep(0.1)
    raise AssertionError("the work does not end")


def put(server: Server, *lines: str) -> None:
    version = server.ask("api/clips")["version"]
    server.ask("api/clips", "PUT", {"clips": [[line, 0, line, 2] for line in lines], "version": version})


def test_a_clip_that_loses_its_time_says_so_and_the_others_stay(server):
    put(server, "L0006", "L0007", "L0010")
    before = server.ask("api/clips")["clips"]
    server.ask("api/lines/L0007/unspoken", "POST", {})
    after = server.ask("api/clips")["clips"]
    assert [after[0], after[2]] == [before[0], before[2]]
    assert (after[1]["text"], after[1]["words"]) == (before[1]["text"], before[1]["words"])
    assert after[1]["start"] is after[1]["end"] is None
    assert after[1]["notes"] == ["not spoken in the recording, so there is no clip of it"]
    put(server, "L0010", "L0007", "L0006")
    assert [one["start"] for one in server.ask("api/clips")["clips"]] == [
        before[2]["start"],
        None,
        before[0]["start"],
    ]
    listed = server.raw("api/clips/list?format=.csv")[1].decode()
    assert before[1]["text"] not in listed
    assert before[0]["text"] in listed
    server.ask("api/undo", "POST", {})
    server.ask("api/undo", "POST", {})
    assert server.ask("api/clips")["clips"] == before
    put(server, "L0007")
    server.ask("api/lines/L0007/unspoken", "POST", {})
    status, told = server.raw("api/clips/list")
    assert status == 409
    assert b"no words of the clip list were spoken" in told


def test_a_clip_moves_with_its_words(server, harbour):
    put(server, "L0006")
    before = server.ask("api/clips")["clips"][0]
    span = load(harbour).lines[6].span
    assert span is not None
    server.ask("api/lines/L0006/move", "POST", {"start": span.start - 400, "end": span.end})
    assert server.ask("api/clips")["clips"][0]["start"] < before["start"]


def test_rendered_clips_are_as_long_as_the_list_says(server, harbour):
    put(server, "L0006", "L0010", "L0012")
    server.ask("api/lines/L0010/unspoken", "POST", {})
    wanted = [clip for clip in server.ask("api/clips")["clips"] if clip["start"] is not None]
    server.ask("api/clips/render", "POST", {})
    state = ended(server)
    assert state["messages"] == ["2 clips are in harbour.clips. 1 without a time was left out."]
    sounds = [(number, name) for number, name in enumerate(state["files"]) if name.endswith(".opus")]
    assert len(sounds) == 2
    for (number, name), clip in zip(sounds, wanted, strict=True):
        status, content = server.raw(f"api/clips/files/{number}")
        assert status == 200
        assert content == (harbour.parent / "harbour.clips" / name).read_bytes()
        with av.open(str(harbour.parent / "harbour.clips" / name)) as container:
            samples = sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))
        assert samples == pytest.approx(clip["end"] - clip["start"], abs=0.03)
        captions = pysrt.open(str(harbour.parent / "harbour.clips" / name).replace(".opus", ".srt"))
        assert " ".join(captions.text.split()) == clip["text"]


def test_a_clip_that_was_refused_is_in_no_list(tmp_path):
    """Of a recording in which these words are silent."""
    harbour = example(tmp_path)
    spans = {line.id: line.span for line in load(harbour).lines}
    silence = f"volume=0:enable='between(t,{spans['L0006'].start / 1000},{spans['L0006'].end / 1000})'"
    copy = tmp_path / "copy.opus"
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", tmp_path / "harbour.opus"]
    subprocess.run([*program, "-af", silence, copy], check=True)
    server = Server(harbour, "--recording", str(copy))
    put(server, "L0006", "L0012")
    server.ask("api/clips/render", "POST", {})
    state = ended(server)
    assert state["messages"][-2] == "1 clip is in harbour.clips."
    assert "have sound where they should be" in state["messages"][-1]
    first, second = server.ask("api/clips")["clips"]
    assert first["notes"][0] == "it could not be made, so it is in no list"
    assert second["notes"][:1] != first["notes"][:1]
    for ending in (".edl", ".json", ".m3u", ".fcpxml"):
        status, content = server.raw(f"api/clips/list?format={ending}")
        assert status == 200
        assert first["text"].encode() not in content
        assert ending == ".edl" or second["text"].encode() in content
    put(server, "L0006")
    status, content = server.raw("api/clips/list?format=.edl")
    assert status == 409
    assert b"no clip of the list could be made" in content
    server.stop()


def test_one_clip_of_the_list_is_rendered_alone(server):
    put(server, "L0006", "L0012")
    server.ask("api/clips/render", "POST", {"words": ["L0012", 0, "L0012", 2]})
    state = ended(server)
    assert state["messages"] == ["1 clip is in harbour.clips."]
    assert len(state["files"]) == 2
    status, told = server.raw("api/clips/render", "POST", {"words": ["L0007", 0, "L0007", 2]})
    assert status == 409
    assert b"not in the clip list" in told


def test_work_that_is_stopped_at_once_leaves_nothing(server, harbour):
    put(server, "L0006")
    server.ask("api/clips/render", "POST", {})
    assert server.raw("api/clips/render", "POST", {})[0] == 409
    server.ask("api/stop", "POST", {})
    state = ended(server)
    assert state["messages"] == ["Nothing was changed: stopped"]
    assert state["files"] == []
    assert not [*harbour.parent.glob("harbour.clips/*")]
    server.ask("api/clips/render", "POST", {})
    assert ended(server)["files"]


def test_another_recording_is_told_of_in_one_sentence(tmp_path):
    alignment = example(tmp_path)
    other = tmp_path / "other.opus"
    sound = tmp_path / "harbour.opus"
    with av.open(str(sound)) as source, av.open(str(other), "w") as target:
        stream = target.add_stream_from_template(source.streams.audio[0])
        target.metadata["title"] = "another file with the same sound"
        for packet in source.demux(source.streams.audio[0]):
            if packet.pts is not None:
                packet.stream = stream
                target.mux(packet)
    server = Server(alignment, "--recording", str(other))
    try:
        notes: list[str] = []
        for _ in range(50):
            if notes := server.ask("api/lines")["notes"]:
                break
            time.sleep(0.1)
        assert notes == [
            "other.opus is another file than the one that was aligned: see that the times fit it."
        ]
        assert server.ask("api/state")["messages"] == notes
    finally:
        server.stop()


def test_a_list_made_from_an_old_one_replaces_nothing(server):
    seen = server.ask("api/clips")["version"]
    first = {"clips": [["L0006", 0, "L0006", 2]], "version": seen}
    second = {"clips": [["L0007", 0, "L0007", 2]], "version": seen}
    server.ask("api/clips", "PUT", first)
    server.ask("api/lines/L0010/accept", "POST", {})  # another edit is not one of the list
    now = server.ask("api/clips")["version"]
    status, told = server.raw("api/clips", "PUT", {"clips": second["clips"]})
    assert status == 428
    assert "from which version" in json.loads(told)["error"]
    status, told = server.raw("api/clips", "PUT", second)
    assert status == 409
    assert json.loads(told)["version"] == now > seen
    assert "changed elsewhere" in json.loads(told)["error"]
    assert [one["words"] for one in server.ask("api/clips")["clips"]] == first["clips"]
    server.ask("api/clips", "PUT", {"clips": first["clips"] + second["clips"], "version": now})
    assert server.ask("api/state")["clips"] == 2
    server.ask("api/undo", "POST", {})
    assert server.raw("api/clips", "PUT", {**second, "version": now})[0] == 409  # undone is changed, too
