"""A copy of a recording in which only one of its sounds is left, for players that can't choose: browsers."""

from __future__ import annotations

from pathlib import Path

from asdelivered.media.recording import Recording, open_recording
from asdelivered.media.rendering.encoding import working_folder
from asdelivered.media.rendering.ffmpeg import input_file, run_ffmpeg


def plays_as_heard(recording: Recording) -> bool:
    """Return whether a player that plays a file's first track, all channels, plays what is heard of a recording."""
    if recording.channel is not None:
        return False
    return len(recording.tracks) < 2 or (
        recording.audio.track == 1 and open_recording(recording.path).audio.track == 1
    )


def write_with_one_sound(recording: Recording, target: Path) -> None:
    """Write what is heard of a recording, with its picture, to `target`, whole or not at all; times stay the same.

    Nothing is encoded but a single channel. Raises MediaError where FFmpeg fails, OSError where `target` can't be
    written.
    """
    made = f"made{target.suffix}"
    arguments = input_file(recording.path)
    if recording.video is not None:
        arguments += ["-map", f"0:{recording.video.index}", "-codec:v", "copy"]
    arguments += ["-map", f"0:{recording.audio.index}"]
    if recording.channel is None:
        arguments += ["-codec:a", "copy"]
    else:
        arguments += ["-filter:a", f"pan=mono|c0=c{recording.channel}"]
    with working_folder(target) as folder:
        run_ffmpeg([*arguments, made], folder)
        (folder / made).replace(target)
