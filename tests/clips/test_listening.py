"""The words of a clip are listened for where the recording is another copy than the one that was aligned."""

import subprocess
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


@pytest.mark.parametrize("quote", [AGAIN, PIER])
def test_other_speech_in_the_place_of_the_words_is_refused(quote: str, harbour: Path) -> None:
    turned = "[0]atrim=70,asetpts=PTS-STARTPTS[a];[0]atrim=0:70[b];[a][b]concat=v=0:a=1"
    dub = copied(harbour.with_name("harbour.opus"), harbour.with_name("dub.wav"), "-filter_complex", turned)
    report = clip(harbour, [quote], recording=dub, folder=harbour.parent / "clips")
    assert report.files == ()
    (failure,) = report.failures
    assert "words that were said there" in failure.reason
    assert "dub.wav" in failure.reason
    assert not (harbour.parent / "clips").exists()
