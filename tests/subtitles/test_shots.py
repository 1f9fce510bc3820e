"""Shot changes, from a list or from the picture."""

import importlib.util
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from asdelivered.subtitles.errors import SubtitleError
from asdelivered.subtitles.shots import detect_shots, read_shots

INSTALLED = importlib.util.find_spec("scenedetect") is not None


def test_a_time_a_line(tmp_path: Path) -> None:
    path = tmp_path / "shots.txt"
    path.write_text("# by hand\n0\n12.48\n\n00:00:03.2\n00:01:00,500\n12.48\n")
    assert read_shots(path) == (3200, 12_480, 60_500)


def test_the_scene_list_of_pyscenedetect(tmp_path: Path) -> None:
    path = tmp_path / "scenes.csv"
    path.write_text(
        "Timecode List:,00:00:02.000,00:00:05.000\n"
        "Scene Number,Start Frame,Start Timecode,Start Time (seconds),End Frame\n"
        "1,1,00:00:00.000,0.000,50\n2,51,00:00:02.000,2.000,125\n3,126,00:00:05.000,5.000,175\n"
    )
    assert read_shots(path) == (2000, 5000)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"soon", "row 1: 'soon' is not a time"), (b"\x00\x01\x02", "not a text file")],
)
def test_what_is_no_list(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "shots.txt"
    path.write_bytes(data)
    with pytest.raises(SubtitleError, match=says):
        read_shots(path)


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Red for two seconds, blue for three, then a test card."""
    path = tmp_path / "cuts.mp4"
    size = "s=160x90:r=25"
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", f"color=red:{size}:d=2",
            "-f", "lavfi", "-i", f"color=blue:{size}:d=3", "-f", "lavfi", "-i", f"testsrc={size}:d=2",
            "-filter_complex", "[0][1][2]concat=n=3:v=1", path,
        ],
        check=True,
    )  # fmt: skip
    return path


@pytest.mark.skipif(not INSTALLED, reason="PySceneDetect is not installed: pip install 'asdelivered[shots]'")
@pytest.mark.filterwarnings("default")
def test_pyscenedetect_finds_the_cuts(video: Path, tmp_path: Path) -> None:
    assert detect_shots(video) == (2000, 5000)
    (tmp_path / "a.txt").write_text("no video")
    with pytest.raises(SubtitleError, match="no picture that PySceneDetect can open"):
        detect_shots(tmp_path / "a.txt")


@pytest.mark.skipif(INSTALLED, reason="PySceneDetect is installed")
def test_without_pyscenedetect_it_is_said_how_to_get_it(video: Path) -> None:
    with pytest.raises(SubtitleError, match=r"pip install 'asdelivered\[shots\]', or give a list"):
        detect_shots(video)
