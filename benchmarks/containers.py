"""Cut clips from one minute of the example in every container, codec, rate and start time, and check them.

python benchmarks/containers.py [--only TEXT] [--part 2/3]

Each picture shows its number; each clip's first picture is read, and its sound is correlated with the original. A clip
may be right or refused with a sentence; one that is wrong without a word fails the benchmark.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import av
import imageio_ffmpeg
import numpy as np
import typer
from truth_alignment import truth_alignment

from asdelivered.base.errors import AsdeliveredError
from asdelivered.clips import clip
from asdelivered.media.audio_reader import open_audio
from asdelivered.media.edit import frame_span
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.mixing import mixed
from asdelivered.media.recording import open_recording
from asdelivered.media.timecode import seconds_at

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "harbour.opus"
QUOTES = ("Three storms in five weeks", "not one ferry sailed", "higher and wider than before")
SECONDS = 60
WIDTH, HEIGHT, BLOCK = 160, 96, 20
NTSC = Fraction(1000, 1001)
LATEST = 0.005
"""Seconds by which sound may be off."""
BELATED = Fraction(9, 20)
"""Frames of the list by which a picture may begin after the one that shows it."""
LATER, CUT = 1.5, 8.6
"""Seconds."""
WRAP = 2**33 / 90_000
"""Seconds after which the clock of a transport stream begins again at zero."""


@dataclass(frozen=True)
class Recipe:
    """A recording to be made: its name, frame rate, and arguments for FFmpeg.

    delayed: the stream ("picture" or "sound") that begins LATER seconds after the other one.
    cut: whether CUT seconds are cut off its beginning without encoding, as a trimmed upload is.
    """

    name: str
    fps: Fraction | None = Fraction(25)
    arguments: tuple[str, ...] = ()
    delayed: str = ""
    cut: bool = False


H264 = ("-codec:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p")
TEN_BITS = ("-pix_fmt", "yuv420p10le")
ODD = "crop=159:95:0:0:exact=1,format=yuv444p"
STALL = r"select='not(between(n\,950\,980))'"
MPEG2 = ("-codec:v", "mpeg2video", "-g", "12", "-bf", "2", "-qscale:v", "2")
VARIED = ("-fps_mode", "vfr")
TREMBLING = "settb=1/600,setpts='N*20+2-mod(N*3,5)'"
"""Times as phones write them, off by a tenth of a frame."""
DNXHR = ("-codec:v", "dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt", "yuv422p")
TWO_PROGRAMMES = (
    *("-map", "0:v", "-map", "1:a", "-map", "0:v", "-map", "1:a", "-filter:v:1", "negate"),
    *("-filter:a:1", "areverse", "-program", "title=One:st=0:st=1", "-program", "title=Two:st=2:st=3"),
)
RECIPES = (
    Recipe("usual.mp4", arguments=(*H264, "-g", "50")),
    Recipe("long_gop.mp4", arguments=(*H264, "-g", "250", "-bf", "3")),
    Recipe("fragments.mp4", 30 * NTSC, (*H264, "-g", "50", "-movflags", "frag_keyframe+empty_moov")),
    Recipe(
        "hevc10.mp4",
        arguments=("-codec:v", "libx265", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p10le"),
    ),
    Recipe(
        "varied.mp4",
        30 * NTSC,
        (*H264, "-vf", r"select='not(eq(mod(n\,5)\,3))'", *VARIED),
    ),
    Recipe("film.mov", 24 * NTSC, (*H264, "-timecode", "01:00:00:00")),
    Recipe("drop.mov", 30 * NTSC, (*H264, "-timecode", "01:00:00;00")),
    Recipe("non_drop.mov", 30 * NTSC, (*H264, "-timecode", "00:59:50:00")),
    Recipe("fifty.mov", Fraction(50), H264),
    Recipe("sixty_drop.mov", 60 * NTSC, (*H264, "-timecode", "10:00:00;00")),
    Recipe("midnight.mov", 30 * NTSC, (*H264, "-timecode", "23:59:30;00")),
    Recipe(
        "prores.mov", arguments=("-codec:v", "prores_ks", "-pix_fmt", "yuv422p10le", "-codec:a", "pcm_s24le")
    ),
    Recipe("dense.mov", arguments=(*H264, "-vf", "setsar=64/45")),
    Recipe(
        "odd.mkv",
        arguments=("-codec:v", "ffv1", "-vf", ODD, "-codec:a", "flac"),
    ),
    Recipe("usual.mkv", 30 * NTSC, (*H264, "-g", "60", "-codec:a", "libopus")),
    Recipe(
        "stall.mkv",
        30 * NTSC,
        (*H264, "-vf", STALL, *VARIED),
    ),
    Recipe(
        "usual.webm",
        arguments=("-codec:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "1M"),
    ),
    Recipe(
        "live.webm",
        30 * NTSC,
        (
            "-codec:v",
            "libvpx",
            "-deadline",
            "realtime",
            "-b:v",
            "1M",
            "-live",
            "1",
            "-cluster_time_limit",
            "2000",
        ),
    ),
    Recipe("usual.avi", arguments=("-codec:v", "mpeg4", "-qscale:v", "3", "-codec:a", "libmp3lame")),
    Recipe("stream.flv", arguments=(*H264, "-g", "50", "-ar", "44100")),
    Recipe("windows.wmv", arguments=("-codec:v", "wmv2", "-b:v", "1M", "-codec:a", "wmav2")),
    Recipe("long_gop.ts", arguments=(*H264, "-g", "250")),
    Recipe("broadcast.ts", arguments=(*MPEG2, "-codec:a", "mp2")),
    Recipe("late.ts", arguments=(*MPEG2, "-codec:a", "mp2", "-output_ts_offset", "3600")),
    Recipe("camera.m2ts", 30 * NTSC, (*H264, "-g", "60", "-codec:a", "ac3")),
    Recipe("disc.mpg", arguments=(*MPEG2, "-codec:a", "mp2")),
    Recipe("camera.mxf", arguments=("-codec:v", "mpeg2video", "-qscale:v", "2", "-codec:a", "pcm_s24le")),
    Recipe("drop.mxf", 30 * NTSC, ("-codec:v", "mpeg2video", "-qscale:v", "2", "-codec:a", "pcm_s24le")),
    Recipe("phone.3gp", arguments=(*H264, "-codec:a", "aac")),
    Recipe("film.mkv", 24 * NTSC, (*H264, "-g", "48")),
    Recipe("cinema.mov", Fraction(24), (*H264, "-timecode", "10:00:00:00")),
    Recipe("thirty.mp4", Fraction(30), H264),
    Recipe("sixty.mp4", Fraction(60), H264),
    Recipe("sixty_non_drop.mov", 60 * NTSC, (*H264, "-timecode", "10:00:00:00")),
    Recipe("fast.mp4", Fraction(120), H264),
    Recipe("webcam.mkv", Fraction(15), H264),
    Recipe("slides.mp4", Fraction(25), (*H264, "-vf", r"select='not(mod(n\,100))'", *VARIED)),
    Recipe("varied.mkv", 30 * NTSC, (*H264, "-vf", r"select='not(eq(mod(n\,5)\,3))'", *VARIED)),
    Recipe("podcast.mp4", Fraction(1), H264),
    Recipe("still.mp4", arguments=(*H264, "-vf", "trim=end_frame=1")),
    Recipe("stopped.mp4", arguments=(*H264, "-vf", "trim=end_frame=1000")),
    Recipe("phone.mov", Fraction(30), (*H264, "-vf", TREMBLING, "-enc_time_base", "1/600")),
    Recipe("late_sound.mp4", arguments=H264, delayed="sound"),
    Recipe("late_sound.ts", arguments=(*H264, "-g", "50"), delayed="sound"),
    Recipe("late_picture.mp4", arguments=H264, delayed="picture"),
    Recipe("late_picture.mkv", arguments=H264, delayed="picture"),
    Recipe("late_start.mkv", arguments=(*H264, "-output_ts_offset", "10")),
    Recipe("trimmed.mov", arguments=(*H264, "-g", "50"), cut=True),
    Recipe("trimmed.mp4", 30 * NTSC, (*H264, "-g", "250", "-bf", "3"), cut=True),
    Recipe("fragments.mov", arguments=(*H264, "-movflags", "frag_keyframe+empty_moov+default_base_moof")),
    Recipe("open_gop.mp4", arguments=(*H264, "-x264-params", "open-gop=1:keyint=50:bframes=3")),
    Recipe("fields.ts", arguments=(*H264, "-flags", "+ilme+ildct", "-x264-params", "tff=1:keyint=50")),
    Recipe("fields.mxf", arguments=(*MPEG2, "-flags", "+ilme+ildct", "-codec:a", "pcm_s16le")),
    Recipe("wrapped.ts", arguments=(*MPEG2, "-codec:a", "mp2", "-output_ts_offset", str(round(WRAP - 30)))),
    Recipe("dolby.ts", arguments=(*H264, "-g", "50", "-codec:a", "ac3")),
    Recipe("two_programmes.ts", arguments=(*H264, "-g", "50", *TWO_PROGRAMMES)),
    Recipe("motion.avi", arguments=("-codec:v", "mjpeg", "-qscale:v", "3", "-codec:a", "pcm_s16le")),
    Recipe("camera.avi", arguments=("-vf", "scale=720:576:flags=neighbor", "-target", "pal-dv")),
    Recipe("theora.ogv", arguments=("-codec:v", "libtheora", "-qscale:v", "8", "-codec:a", "libvorbis")),
    Recipe("av1.webm", arguments=("-codec:v", "libsvtav1", "-preset", "12", "-codec:a", "libopus")),
    Recipe("studio.mov", arguments=(*DNXHR, "-vf", "scale=320:192:flags=neighbor", "-codec:a", "pcm_s24le")),
    Recipe("sound.wav", None),
    Recipe("broadcast.wav", None, ("-write_bext", "1", "-metadata", "time_reference=1728000000")),
    Recipe("long.wav", None, ("-rf64", "always")),
    Recipe("varied.mp3", None, ("-qscale:a", "5")),
    Recipe("bare.mp3", None, ("-qscale:a", "5", "-write_xing", "0")),
    Recipe("bare_constant.mp3", None, ("-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0")),
    Recipe("trimmed.opus", None, cut=True),
    Recipe("trimmed.m4a", None, cut=True),
    Recipe("telephone.wav", None, ("-ar", "8000", "-codec:a", "pcm_mulaw")),
    Recipe("telephone.amr", None, ("-ar", "8000", "-codec:a", "libopencore_amrnb")),
    Recipe("sound.flac", None),
    Recipe("sound.mp3", None),
    Recipe("sound.m4a", None),
    Recipe("sound.opus", None),
    Recipe("sound.ogg", None, ("-codec:a", "libvorbis")),
    Recipe("sound.aac", None),
    Recipe("sound.wma", None, ("-codec:a", "wmav2")),
    Recipe("sound.aiff", None),
    Recipe("sound.ac3", None),
    Recipe("sound.mka", None, ("-codec:a", "flac")),
)


def main(
    only: Annotated[str, typer.Option(help="Recordings whose name contains this.")] = "",
    part: Annotated[str, typer.Option(help="The second third of them: 2/3.")] = "1/1",
) -> None:
    """Print a row for each recording."""
    number, parts = map(int, part.split("/"))
    chosen = [recipe for recipe in RECIPES if only in recipe.name]
    wrong = count = 0
    print("| recording | right | refused | wrong | sound off, at most |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="asdelivered-containers-") as name:
        folder = Path(name)
        _ffmpeg("-i", EXAMPLE, "-t", SECONDS, "-ar", 48_000, "-ac", 1, folder / "base.wav")
        for recipe in chosen[(number - 1) * len(chosen) // parts : number * len(chosen) // parts]:
            _make(recipe, folder)
            judged, off = _judge(recipe, folder)
            counts = [judged.count(what) for what in ("right", "refused", "wrong")]
            print(f"| {recipe.name} | {' | '.join(map(str, counts))} | {off * 1000:.1f} ms |", flush=True)
            wrong, count = wrong + counts[2], count + len(judged)
    print(f"\n{count} clips, {wrong} wrong without a word")
    if wrong:
        raise typer.Exit(1)


def _make(recipe: Recipe, folder: Path) -> None:
    made = folder / f"whole_{recipe.name}" if recipe.cut else folder / recipe.name
    lead = CUT if recipe.cut else 0.0
    later = {what: LATER if recipe.delayed == what else 0.0 for what in ("picture", "sound")}
    # What begins late lacks its beginning, so that all that is there is at its own time.
    sound = ["-ss", later["sound"], "-itsoffset", later["sound"], "-i", folder / "base.wav"]
    silence = ["-af", f"adelay={round(lead * 1000)}"] if lead else []
    if recipe.fps is None:
        _ffmpeg(*sound, *silence, *recipe.arguments, made)
    else:
        size = ("-video_size", f"{WIDTH}x{HEIGHT}", "-framerate", recipe.fps)
        picture = [
            "-itsoffset",
            later["picture"],
            "-f",
            "rawvideo",
            "-pixel_format",
            "gray",
            *size,
            "-i",
            "-",
        ]
        count = round((SECONDS + lead - later["picture"]) * recipe.fps)
        given = b"".join(_picture(number).tobytes() for number in range(count))
        _ffmpeg(*picture, *sound, *silence, "-pix_fmt", "yuv420p", *recipe.arguments, made, given=given)
    if recipe.cut:
        _ffmpeg("-ss", CUT, "-i", made, "-codec", "copy", folder / recipe.name)


def _picture(number: int) -> np.ndarray:
    picture = np.full((HEIGHT, WIDTH), 128, dtype=np.uint8)
    for bit in range(16):
        row, column = divmod(bit, 8)
        shade = 235 if number >> bit & 1 else 16
        picture[row * BLOCK : (row + 1) * BLOCK, column * BLOCK : (column + 1) * BLOCK] = shade
    return picture


def _judge(recipe: Recipe, folder: Path) -> tuple[list[str], float]:
    """Return for each quote whether its clip is right, refused or wrong, and by how much sound is off at most."""
    movie, out = folder / recipe.name, folder / f"{recipe.name}.clips"
    truth = EXAMPLE.with_suffix(".truth.json")
    try:
        report = clip(
            truth_alignment(truth, EXAMPLE, EXAMPLE.with_suffix(".txt")), QUOTES, recording=movie, folder=out
        )
    except AsdeliveredError:
        return ["refused"] * len(QUOTES), 0.0
    source = as_edit_source(open_recording(movie))
    played = _played(movie, folder)
    judged, most = [], 0.0
    for one, files in zip(report.clips, report.rendered, strict=True):
        if not files.files:
            print(f"  {recipe.name}: {files.problem}")
            judged.append("refused")
            continue
        first, _ = frame_span(one.clip, source)
        start = source.start + seconds_at(first, source.rate) if recipe.fps else one.clip.start
        off = _delay(files.files[0], played, start)
        most = max(most, abs(off))
        is_right = abs(off) <= LATEST and (
            recipe.fps is None or _first_number(files.files[0]) == _shown(movie, start, source)
        )
        judged.append("right" if is_right else "wrong")
    return judged, most


def _shown(movie: Path, time: Fraction, source: EditSource) -> int:
    """Return the number of the picture that a recording shows at a time, decoded from its start without a seek."""
    zero = Fraction(source.recording.start_time, 1000)
    number = -1
    with av.open(str(movie)) as container:
        stream = container.streams.video[0]
        for frame in container.decode(stream):
            if frame.pts is None or stream.time_base is None:
                break
            if frame.pts * stream.time_base - zero > time + BELATED / source.rate.fps:
                break
            number = _number_in(frame)
    return number


def _first_number(made: Path) -> int:
    with av.open(str(made)) as container:
        return _number_in(next(container.decode(video=0)))


def _number_in(frame: av.VideoFrame) -> int:
    """Return the number that `_picture` drew, in a picture that may be larger."""
    picture = frame.to_ndarray(format="gray")
    down, across = (size / usual for size, usual in zip(picture.shape, (HEIGHT, WIDTH), strict=True))
    number = 0
    for bit in range(16):
        row, column = divmod(bit, 8)
        middle = picture[int((row + 0.5) * BLOCK * down), int((column + 0.5) * BLOCK * across)]
        number |= int(middle > 128) << bit
    return number


def _played(movie: Path, folder: Path) -> Path:
    """Return the sound of a recording as FFmpeg plays it from its start."""
    played = folder / "played.wav"
    clock = "aresample=async=48000:min_hard_comp=0.01:first_pts=0"
    # FFmpeg counts from the start of the streams that it decodes, so the picture is decoded, too.
    picture = ("-map", "0:v?", "-f", "null", "-")
    _ffmpeg("-i", movie, "-map", "0:a:0", "-af", clock, "-ar", 48_000, "-ac", 1, played, *picture)
    return played


def _delay(made: Path, original: Path, start: Fraction) -> float:
    """Return by how many seconds the sound of a file is late, by cross-correlation at 48 kHz."""
    with open_audio(open_recording(made)) as reader:
        here = mixed(reader.read(Fraction(0), Fraction(1)).samples)
        times = np.arange(48_000) / 48_000
        here = np.interp(times, np.arange(len(here)) / reader.sample_rate, here)
    with open_audio(open_recording(original)) as reader:
        there = mixed(reader.read(start, start + 1).samples)
    spectrum = np.fft.rfft(here, 1 << 17) * np.conj(np.fft.rfft(there, 1 << 17))
    shift = int(np.argmax(np.fft.irfft(spectrum)))
    return (shift - (1 << 17) if shift > 1 << 16 else shift) / 48_000


def _ffmpeg(*arguments: object, given: bytes = b"") -> None:
    program: Sequence[str] = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(program, input=given, check=True)


if __name__ == "__main__":
    typer.run(main)
