"""Faces are found in a film by OpenCV, and the clip follows them."""

import subprocess
from fractions import Fraction

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from asdelivered.base.span import TimeSpan
from asdelivered.media.edit import Clip
from asdelivered.media.edit_source import EditSource, as_edit_source
from asdelivered.media.recording import open_recording
from asdelivered.media.rendering.burn_in import BurnedInCaption
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.faces import can_find_faces, frame_clip
from asdelivered.media.rendering.formats import media_format
from asdelivered.media.rendering.render import text_covers_face

pytestmark = pytest.mark.skipif(not can_find_faces(), reason="the extra faces is not installed")
WIDTH, HEIGHT, SIZE = 640, 360, 160
CUT = 40
CAPTION = (BurnedInCaption(TimeSpan(0, 1000), ("What was said",)),)


def drawn_face() -> Image.Image:
    """A face as the finder knows it: eyes and brows darker than cheeks and nose, a mouth, hair around."""
    face = Image.new("L", (SIZE, SIZE), 120)
    draw = ImageDraw.Draw(face)
    draw.ellipse((14, 0, 146, 158), fill=60)
    draw.ellipse((28, 18, 132, 154), fill=190)
    for x in (57, 103):
        draw.ellipse((x - 16, 58, x + 16, 80), fill=110)
        draw.ellipse((x - 7, 63, x + 7, 77), fill=30)
        draw.line((x - 17, 50, x + 17, 50), fill=50, width=6)
    draw.polygon(((80, 66), (70, 106), (90, 106)), fill=215)
    draw.ellipse((70, 102, 90, 110), fill=130)
    draw.ellipse((58, 120, 102, 134), fill=80)
    return face.filter(ImageFilter.GaussianBlur(2))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> EditSource:
    """Four seconds: a face on the left; after a cut, another brightness and the face on the right."""
    path = tmp_path_factory.mktemp("faces") / "film.mp4"
    face = drawn_face()
    pictures = []
    for number in range(100):
        picture = Image.new("L", (WIDTH, HEIGHT), 90 if number < CUT else 160)
        picture.paste(face, (60 if number < CUT else 430, 80))
        pictures.append(np.asarray(picture).tobytes())
    arguments = f"-f rawvideo -pixel_format gray -video_size {WIDTH}x{HEIGHT} -framerate 25 -i -"
    sound = "-f lavfi -i sine=440:d=4 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -c:a aac -shortest"
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *arguments.split(), *sound.split(), str(path)]
    subprocess.run(program, input=b"".join(pictures), check=True)
    return as_edit_source(open_recording(path))


@pytest.mark.parametrize("first", [0, 20])
def test_the_crop_keeps_the_face_in_each_shot(film, first):
    clip = Clip("a", Fraction(first, 25), Fraction(100, 25))
    framing = frame_clip(film, clip, (1080, 1920))
    room = WIDTH - HEIGHT * 9 / 16
    left, right = framing.at(0)[0] * room, framing.at(CUT - first)[0] * room
    assert framing.at(CUT - first - 1) == framing.at(0)
    for at, middle in ((left, 60 + SIZE / 2), (right, 430 + SIZE / 2)):
        assert at + HEIGHT * 9 / 32 == pytest.approx(middle, abs=12)
    assert framing.faces
    assert all(0 < face.left < face.right < 1 for face in framing.faces)


@pytest.mark.parametrize(("share", "covered"), [(0.3, False), (0.9, True)])
def test_text_over_a_face_is_told_where_no_place_is_free(share, covered, tmp_path):
    size = round(HEIGHT * share)
    picture = Image.new("L", (WIDTH, HEIGHT), 120)
    picture.paste(drawn_face().resize((size, size)), ((WIDTH - size) // 2, (HEIGHT - size) // 2))
    picture.save(tmp_path / "face.png")
    sound = "-f lavfi -i sine=440:d=2 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -c:a aac -shortest"
    still = ["-loop", "1", "-framerate", "25", "-i", str(tmp_path / "face.png")]
    path = tmp_path / "film.mp4"
    subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *still, *sound.split(), str(path)], check=True
    )
    source, clip = as_edit_source(open_recording(path)), Clip("a", Fraction(0), Fraction(1))
    rendering = Rendering(media_format("mp4"), ratio="9:16")
    captioned = CaptionedClip(clip, CAPTION, frame_clip(source, clip, rendering.crop))
    assert captioned.framing.faces
    assert text_covers_face(source, captioned, rendering) is covered
