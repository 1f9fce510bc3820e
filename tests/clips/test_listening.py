"""The words of a clip are listened for where the recording is another copy than the one that was aligned."""

import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from asdelivered.clips import clip

AGAIN = "we can do it again"
PIER = "we will rebuild the north pier, higher and wider than before"


def copied(source: Path, target: Path, *arguments: str) -> Path:
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    subprocess.run([ffmpeg, "-v", "error", "-y", "-i", str(source), *arguments, str(target)], check=True)
    return target


def test_energy_is_enough_for_the_recording_that_was_aligned(harbour: Path) -> None:
    report = clip(harbour, [AGAIN], folder=harbour.parent / "clips")
    assert report.to_json()["clips"][0]["verified"]["words"] == {"sounding": 5, "of": 5, "by": "energy"}


def test_the_words_are_heard_in_another_copy(harbour: Path) -> None:
    proxy = copied(
        harbour.with_name("harbour.opus"), harbour.with_name("proxy.mp3"), "-ar", "16000", "-b:a", "24k"
    )
    report = clip(harbour, [AGAIN, PIER], recording=proxy, folder=harbour.parent / "clips")
    for one in report.to_json()["clips"]:
        words = one["verified"]["words"]
        assert words["by"] == "recognition"
        assert words["heard"] >= 0.6 * words["of"]


def test_without_pocketsphinx_nothing_is_said_to_be_heard(
    harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = copied(
        harbour.with_name("harbour.opus"), harbour.with_name("proxy.mp3"), "-ar", "16000", "-b:a", "24k"
    )
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    (made,) = clip(harbour, [AGAIN], recording=proxy, folder=harbour.parent / "clips").to_json()["clips"]
    assert made["verified"]["words"]["by"] == "energy"


@pytest.mark.parametrize("quote", [AGAIN, PIER])
def test_other_speech_in_the_place_of_the_words_is_refused(quote: str, harbour: Path) -> None:
    turned = "[0]atrim=70,asetpts=PTS-STARTPTS[a];[0]atrim=0:70[b];[a][b]concat=v=0:a=1"
    dub = copied(harbour.with_name("harbour.opus"), harbour.with_name("dub.wav"), "-filter_complex", turned)
    report = clip(harbour, [quote], recording=dub, folder=harbour.parent / "clips")
    assert report.files == ()
    (failure,) = report.failures
    assert "other words of the event are heard there" in failure.reason
    assert "dub.wav" in failure.reason
    assert not (harbour.parent / "clips").exists()


def test_the_words_of_another_track_are_named(harbour: Path) -> None:
    silent = (
        "-f",
        "lavfi",
        "-i",
        "anoisesrc=r=48000:c=pink:a=0.2:d=150",
        "-map",
        "1:a",
        "-map",
        "0:a",
        "-shortest",
    )
    film = copied(harbour.with_name("harbour.opus"), harbour.with_name("tracks.mka"), *silent)
    report = clip(harbour, [PIER], recording=film, folder=harbour.parent / "clips")
    (failure,) = report.failures
    assert "its words are heard on track 2 of tracks.mka" in failure.reason


def test_a_clip_in_which_nothing_is_heard_is_kept_with_a_remark(harbour: Path) -> None:
    noise = ("-f", "lavfi", "-i", "anoisesrc=r=48000:c=pink:a=0.5:d=150", "-map", "1:a")
    hiss = copied(harbour.with_name("harbour.opus"), harbour.with_name("hiss.wav"), *noise)
    report = clip(harbour, [PIER], recording=hiss, folder=harbour.parent / "clips")
    assert report.failures == ()
    assert "clips of hiss.wav in which no word was heard: 1; play them before use" in report.remarks
