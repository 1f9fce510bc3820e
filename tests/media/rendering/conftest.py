"""Movies in which every frame shows its number and every sound is like no other."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

from asdelivered.media.audio_reader import open_audio
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.recording import open_recording

NTSC = Fraction(30_000, 1001)
WIDTH, HEIGHT = 128, 96
BLOCK = 16
RATE = 16_000


def picture_of(number: int) -> np.ndarray:
    """A row of eight black or white blocks above another: the number in binary; grey below."""
    picture = np.full((HEIGHT, WIDTH), 128, dtype=np.uint8)
    for bit in range(16):
        row, column = divmod(bit, 8)
        picture[row * BLOCK : (row + 1) * BLOCK, column * BLOCK : (column + 1) * BLOCK] = (
            235 if number >> bit & 1 else 16
        )
    return picture


def number_in(picture: np.ndarray) -> int:
    """The number that `picture_of` drew."""
    blocks = picture[: 2 * BLOCK].reshape(2, BLOCK, 8, BLOCK).mean(axis=(1, 3)).reshape(-1)
    return sum(1 << bit for bit, level in enumerate(blocks) if level > 128)


def numbers(path: Path) -> list[int]:
    """The numbers of all frames of a movie, in the order in which they are shown."""
    with av.open(str(path)) as container:
        return [number_in(frame.to_ndarray(format="gray")) for frame in container.decode(video=0)]


@dataclass(frozen=True)
class Movies:
    """Makes movies in a folder; those that were made are made once."""

    folder: Path

    def make(self, name: str, fps: Fraction, seconds: int, *arguments: str) -> EditSource:
        """Write a movie; `arguments` go to FFmpeg's output, such as -g 50 for a keyframe every 50 frames."""
        path = self.folder / name
        if not path.exists():
            frames = round(seconds * fps)
            sound = np.random.default_rng(3).normal(0, 0.1, seconds * RATE).astype("<f4")
            (self.folder / "sound.raw").write_bytes(sound.tobytes())
            rate = f"{fps.numerator}/{fps.denominator}"
            run_ffmpeg(
                *("-f", "rawvideo", "-pixel_format", "gray", "-video_size", f"{WIDTH}x{HEIGHT}"),
                *(
                    "-framerate",
                    rate,
                    "-i",
                    "-",
                    "-f",
                    "f32le",
                    "-ar",
                    str(RATE),
                    "-i",
                    self.folder / "sound.raw",
                ),
                *("-pix_fmt", "yuv420p", "-codec:v", "libx264", "-preset", "veryfast", *arguments, path),
                given=b"".join(picture_of(number).tobytes() for number in range(frames)),
            )
        return as_edit_source(open_recording(path))


def run_ffmpeg(*arguments: object, given: bytes = b"") -> None:
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)], input=given, check=True
    )


@pytest.fixture(scope="session")
def movies(tmp_path_factory: pytest.TempPathFactory) -> Movies:
    return Movies(tmp_path_factory.mktemp("movies"))


@pytest.fixture(scope="session")
def pal(movies: Movies) -> EditSource:
    """30 s at 25 frames a second, a keyframe every 50 frames, from 10:00:00:00."""
    return movies.make("pal.mp4", Fraction(25), 30, "-g", "50", "-timecode", "10:00:00:00")


@pytest.fixture(scope="session")
def ntsc(movies: Movies) -> EditSource:
    """30 s at 29.97 frames a second, drop-frame from 01:00:00;00."""
    return movies.make("ntsc.mov", NTSC, 30, "-g", "60", "-timecode", "01:00:00;00")


@pytest.fixture(scope="session")
def numbers_of() -> Callable[[Path], list[int]]:
    return numbers


@pytest.fixture(scope="session")
def ffmpeg() -> Callable[..., None]:
    return run_ffmpeg


@pytest.fixture(scope="session")
def cut() -> Callable[..., Clip]:
    """Make a clip of frames of a source."""

    def made(source: EditSource, first: int, last: int, **texts: str) -> Clip:
        start, end = (source.start + at / source.rate.fps for at in (first, last))
        return Clip(texts.pop("name", "a clip"), start, end, **texts)  # type: ignore[arg-type]

    return made


@pytest.fixture(scope="session")
def delay_of() -> Callable[..., float]:
    """Measure by how many seconds the sound of a file is late against a part of the source, by cross-correlation."""

    def measured(
        path: Path, source: EditSource, start: Fraction, end: Fraction, at: Fraction = Fraction(0)
    ) -> float:
        with open_audio(open_recording(path)) as reader:
            made = reader.read(at, at + end - start)
        with open_audio(source.recording) as reader:
            original = reader.read(start, end)
        times = np.arange(len(original.samples)) / original.sample_rate
        here = np.interp(times, np.arange(len(made.samples)) / made.sample_rate, made.samples.mean(axis=1))
        there = original.samples.mean(axis=1)
        size = 2 * len(times)
        correlation = np.fft.irfft(np.fft.rfft(here, size) * np.conj(np.fft.rfft(there, size)))
        shift = int(np.argmax(correlation))
        assert correlation[shift] > 0.6 * np.linalg.norm(here) * np.linalg.norm(there)
        return (shift - size if shift > len(times) else shift) / original.sample_rate

    return measured
