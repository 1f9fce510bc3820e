"""Bad input gets one sentence that says what is wrong, exit code 1 or 2, and no file."""

import os
import random
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from asdelivered.app.main import app

UNRELATED = """\
Keep your bees out of the wind, and give them water before you give them anything else.
A hive that faces the sunrise wakes early, and its workers bring home twice the nectar.
Smoke calms a colony because every insect fills its stomach when it smells fire.
Lift one frame at a time. Look for eggs, standing upright at the bottom of each cell.
If you find queen cups along the lower edge, expect a swarm within a fortnight.
Honey is ripe when three quarters of a comb is capped with fresh white wax.
Mites are the beginner's worst enemy; treat for them every August without fail.
"""


def refused(result, *words: str) -> str:
    """Check that the command failed with one sentence holding `words`, and return it."""
    assert result.exit_code == 1, result.stderr
    assert result.stdout == ""
    message = result.stderr.splitlines()[-1]
    assert message.startswith("asdelivered: ")
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in message, message
    return message


def align(*arguments: str | Path):
    return CliRunner().invoke(app, ["align", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path):
    """An output folder that does not exist, and must not when the test is over."""
    folder = tmp_path / "not" / "there"
    yield folder
    assert not folder.parent.exists()


def test_missing_transcript(sound, folder):
    refused(align("nowhere.txt", sound, "-o", folder), "nowhere.txt")


def test_missing_recording(page, folder):
    refused(align(page, "nowhere.opus", "-o", folder), "nowhere.opus")


def test_folders_as_input(page, sound, tmp_path, folder):
    refused(align(tmp_path, sound, "-o", folder), "is a folder")
    refused(align(page, tmp_path, "-o", folder), "is a folder")


def test_names_that_are_not_utf8(page, sound, tmp_path, folder):
    odd = tmp_path / os.fsdecode(b"h\xe9.txt")
    odd.write_bytes(page.read_bytes())
    refused(align(odd, sound, "-o", folder), "its name is not UTF-8", "rename")


@pytest.mark.parametrize("text", ["", "\n \n\n", "***\n"])
def test_empty_transcript(text, sound, folder, tmp_path):
    transcript = tmp_path / "empty.txt"
    transcript.write_text(text)
    refused(align(transcript, sound, "-o", folder), str(transcript))


def test_empty_recording(page, folder, tmp_path):
    recording = tmp_path / "empty.opus"
    recording.touch()
    refused(align(page, recording, "-o", folder), str(recording), "empty")


def test_recording_without_sound(page, pictures, folder):
    refused(align(page, pictures, "-o", folder), str(pictures), "no sound")


def test_text_as_the_recording(page, folder, tmp_path):
    renamed = tmp_path / "renamed.mp3"
    renamed.write_bytes(page.read_bytes())
    refused(align(page, page, "-o", folder), str(page))
    refused(align(page, renamed, "-o", folder), str(renamed))


def test_recording_as_the_transcript(page, sound, folder):
    refused(align(sound, page, "-o", folder), "recording")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_truncated_recording(share, page, sound, folder, tmp_path):
    data = sound.read_bytes()
    recording = tmp_path / "truncated.opus"
    recording.write_bytes(data[: int(len(data) * share)])
    refused(align(page, recording, "-o", folder), str(recording), "truncated")


def test_truncated_recording_that_only_decoding_finds(page, excerpt, folder, tmp_path):
    """The header of a FLAC file states its length, and nothing else tells that it is cut."""
    data = excerpt.read_bytes()
    recording = tmp_path / "truncated.flac"
    recording.write_bytes(data[: len(data) * 2 // 3])
    refused(align(page, recording, "-o", folder, "--jobs", "1"), str(recording))


def test_corrupt_recording(page, excerpt, folder, tmp_path):
    data = bytearray(excerpt.read_bytes())
    middle = len(data) // 2
    data[middle : middle + len(data) // 4] = random.Random(1).randbytes(len(data) // 4)
    recording = tmp_path / "corrupt.flac"
    recording.write_bytes(data)
    refused(align(page, recording, "-o", folder, "--jobs", "1"), str(recording), "damaged")


def test_recording_of_noise_bytes(page, folder, tmp_path):
    recording = tmp_path / "noise.mp4"
    recording.write_bytes(random.Random(2).randbytes(100_000))
    refused(align(page, recording, "-o", folder), str(recording))


def test_silence_only(page, silence, folder):
    refused(align(page, silence, "-o", folder, "--jobs", "1"), str(silence))


def test_unrelated_transcript(excerpt, folder, tmp_path):
    transcript = tmp_path / "bees.txt"
    transcript.write_text(UNRELATED)
    refused(align(transcript, excerpt, "-o", folder, "--jobs", "2"), str(transcript), str(excerpt))


def test_language_that_cannot_be_pronounced(page, excerpt, folder):
    refused(align(page, excerpt, "-o", folder, "--jobs", "1", "--language", "qqq"), "qqq")


def test_output_folder_that_is_a_file(page, sound, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("mine")
    for folder in (blocked, blocked / "below"):
        refused(align(page, sound, "-o", folder), f"output folder {folder}", "-o")
    assert blocked.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_output_folder_that_no_user_may_write(page, sound):
    refused(align(page, sound, "-o", "/proc/asdelivered"), "output folder /proc/asdelivered")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to any folder")
def test_read_only_output_folder(page, sound, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    refused(align(page, sound, "-o", locked), str(locked), "Permission denied")
    refused(align(page, sound, "-o", locked / "below"), str(locked), "Permission denied")
    assert list(locked.iterdir()) == []


@pytest.fixture
def mounted(tmp_path):
    """Return what starts a command with a file system of its own, of 64 KB, as the folder tmp_path/out."""
    folder = tmp_path / "out"
    folder.mkdir()

    def through(options: str) -> list[str]:
        mount = 'mount -t tmpfs -o "$1" tmpfs "$2" && mount -o "remount,$1" "$2"'
        start = ["unshare", "-rm", "sh", "-c"]
        arguments = ["sh", f"size=64k,{options}", str(folder)]
        try:
            tried = subprocess.run([*start, mount, *arguments], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            pytest.skip("unshare is not installed, so that no small file system can be mounted")
        if tried.returncode:
            pytest.skip(f"no small file system can be mounted here: {tried.stderr.strip()}")
        script = f'{mount} && folder=$2 && shift 2 && {{ "$@"; code=$?; ls -A "$folder"; exit $code; }}'
        return [*start, script, *arguments]

    return through


def test_full_output_folder(command, mounted, page, sound, tmp_path):
    run = command("align", page, sound, "-o", tmp_path / "out", through=mounted("rw"))
    assert run.returncode == 1, run.stderr
    assert run.stderr.splitlines() == [
        f"asdelivered: the output folder {tmp_path / 'out'} cannot be written to (No space left on device): "
        "choose another with -o"
    ]
    assert run.stdout == ""  # what the folder holds afterwards


def test_read_only_file_system_which_stops_root_too(command, mounted, page, sound, tmp_path):
    run = command("align", page, sound, "-o", tmp_path / "out", through=mounted("ro"))
    assert run.returncode == 1, run.stderr
    assert run.stderr.splitlines() == [
        f"asdelivered: the output folder {tmp_path / 'out'} cannot be written to (Read-only file system): "
        "choose another with -o"
    ]
    assert run.stdout == ""


def test_output_folder_where_no_large_file_may_be_written(command, page, sound, folder):
    limited = ["sh", "-c", 'ulimit -f 64; exec "$@"', "sh"]
    run = command("align", page, sound, "-o", folder, through=limited)
    assert run.returncode == 1, run.stderr
    assert run.stderr.splitlines() == [
        f"asdelivered: the output folder {folder} cannot be written to (File too large): choose another with -o"
    ]


def test_output_that_would_replace_the_transcript(page, sound, tmp_path):
    transcript = tmp_path / "harbour.srt"
    transcript.write_bytes(page.read_bytes())
    refused(align(transcript, sound, "-o", tmp_path), str(transcript), "replaced")
    assert transcript.read_bytes() == page.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["harbour.srt"]


def test_output_name_that_is_a_folder(page, sound, tmp_path):
    (tmp_path / "harbour.vtt").mkdir()
    refused(align(page, sound, "-o", tmp_path), "harbour.vtt", "is a folder")
    assert [path.name for path in tmp_path.iterdir()] == ["harbour.vtt"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["page.txt"],
        ["page.txt", "sound.opus", "more"],
        ["page.txt", "sound.opus", "--jobs", "0"],
        ["page.txt", "sound.opus", "--engine", "ear"],
        ["page.txt", "sound.opus", "--engine", "sphinx,ear"],
        ["page.txt", "sound.opus", "--engine", "sphinx,sphinx"],
        ["page.txt", "sound.opus", "--engine", "auto,sphinx"],
        ["page.txt", "sound.opus", "--language", "English"],
        ["page.txt", "sound.opus", "--loud"],
    ],
)
def test_wrong_use(arguments):
    result = align(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Usage: " in result.stderr


def test_hostile_names_are_shown_and_not_obeyed(sound, folder):
    message = refused(align("[red]\x1b[31m\u202egpj\udcff.txt", sound, "-o", folder), "[red]")
    assert not {"\x1b", "\u202e", "\udcff"} & set(message)


@pytest.mark.corpus
def test_the_transcript_of_one_event_on_the_recording_of_another(corpus, folder):
    transcript, recording = corpus / "real-en-ocean.txt", corpus / "real-en-kathleen.opus"
    refused(align(transcript, recording, "-o", folder), str(transcript), str(recording))
