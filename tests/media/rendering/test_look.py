"""What is drawn for social media: proportions, lit words, the speaker's name, the bar, the brand."""

import re
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.burn_in import BurnedInCaption, Drawing, check_letters, write_ass
from asdelivered.media.rendering.encoding import CaptionedClip, Rendering
from asdelivered.media.rendering.formats import media_format
from asdelivered.media.rendering.look import RATIOS, Brand, Look, read_brand
from asdelivered.media.rendering.proof import Part, prove
from asdelivered.media.rendering.render import render_clip, render_frame

MP4 = Rendering(media_format("mp4"))


@pytest.mark.parametrize("ratio", RATIOS)
def test_clips_have_the_proportions_of_the_platform(ratio, pal, cut, tmp_path):
    target = tmp_path / "clip.mp4"
    render_clip(pal, CaptionedClip(cut(pal, 203, 206)), target, replace(MP4, ratio=ratio))
    with av.open(str(target)) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == RATIOS[ratio]
    with pytest.raises(MediaError, match="choose one of 16:9"):
        render_clip(pal, CaptionedClip(cut(pal, 203, 206)), target, replace(MP4, ratio="5:3"))


@given(st.lists(st.integers(1, 900), min_size=1, max_size=8), st.integers(0, 500))
def test_each_word_is_lit_while_it_is_said(tmp_path_factory, lengths, begin):
    path = tmp_path_factory.mktemp("ass") / "a.ass"
    starts = [begin + sum(lengths[:number]) for number in range(len(lengths) + 1)]
    lit = tuple((TimeSpan(*starts[number : number + 2]), number) for number in range(len(lengths)))
    words = [f"w{number}" for number in range(len(lengths))]
    lines = (" ".join(words[:3]), " ".join(words[3:])) if len(words) > 3 else (" ".join(words),)
    caption = BurnedInCaption(TimeSpan(0, starts[-1] + 300), lines, lit)
    write_ass([caption], (1080, 1920), "Roboto", path)
    events = [event for event in pysubs2.load(str(path)) if event.style == "Default"]
    assert all(event.plaintext.split() == words for event in events)
    shown = {}
    for event in events:
        for word in re.findall(r"\{\\1c[^}]*\}(\w+)", event.text):
            shown[word] = (event.start, event.end)
    for span, number in lit:
        if span.duration >= 20:  # the format counts hundredths
            assert shown[f"w{number}"] == pytest.approx((span.start, span.end), abs=10)


def test_name_role_bar_and_logo_are_drawn_within_the_margins(pal, cut, tmp_path):
    from PIL import Image

    Image.new("RGB", (60, 30), (255, 0, 0)).save(tmp_path / "logo.png")
    brand_file = tmp_path / "brand.toml"
    brand_file.write_text('logo = "logo.png"\nmargin = 0.1\n[colours]\npanel = "0000FF"\nbar = "00FF00"\n')
    look = Look(lower_third=True, progress=True, brand=read_brand(brand_file))
    clip = cut(pal, 200, 220, speaker="Anna Reed, Commissioner")
    target = tmp_path / "clip.mp4"
    render_clip(pal, CaptionedClip(clip), target, replace(MP4, ratio="9:16", look=look))
    with av.open(str(target)) as container:
        frames = list(container.decode(video=0))
    early, middle, late = (frames[at].to_ndarray(format="rgb24").astype(int) for at in (8, 10, 19))

    def columns_of(picture, channel, rows=slice(None)):
        others = [other for other in range(3) if other != channel]
        found = (picture[..., channel] > 150) & (picture[..., others] < 100).all(axis=-1)
        return np.argwhere(found[rows])

    logo = columns_of(middle, 0)
    assert logo[:, 1].max() <= 1080 * 0.9 + 2
    assert logo[:, 0].min() >= 1920 * 0.14 - 2
    panel = columns_of(early, 2, slice(0, 1700))
    assert panel[:, 1].min() >= 1080 * 0.11 - 1
    assert panel[:, 1].max() <= 1080 * 0.89
    for picture, share in ((early, 0.4), (middle, 0.5), (late, 0.95)):
        bar = columns_of(picture, 1, slice(1910, 1920))
        assert bar[:, 1].max() / 1080 == pytest.approx(share, abs=0.03)


@pytest.mark.parametrize(("seconds", "frame"), [(Fraction(0), 0), (Fraction(2, 5), 10), (Fraction(9), 24)])
def test_a_single_frame_is_the_clips_frame_at_that_moment(pal, cut, tmp_path, seconds, frame):
    look = Look(lower_third=True, progress=True)
    captions = (
        BurnedInCaption(TimeSpan(0, 600), ("What is shown now",)),
        BurnedInCaption(TimeSpan(600, 1000), ("is not shown later",)),
    )
    captioned = CaptionedClip(cut(pal, 203, 228, speaker="Anna Reed, Commissioner"), captions)
    rendering = replace(MP4, ratio="9:16", look=look)
    render_clip(pal, captioned, tmp_path / "clip.mp4", rendering)
    render_frame(pal, captioned, seconds, tmp_path / "frame.png", rendering)
    with av.open(str(tmp_path / "clip.mp4")) as container:
        frames = [one.to_ndarray(format="rgb24").astype(int) for one in container.decode(video=0)]
    with av.open(str(tmp_path / "frame.png")) as container:
        shown = next(container.decode(video=0)).to_ndarray(format="rgb24").astype(int)
    differences = [float(np.abs(shown - one).mean()) for one in frames]
    assert differences.index(min(differences)) == frame
    assert differences[frame] < 3  # what encoding loses


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1", "is not known"),
        ('[colours]\ntext = "red"', "RRGGBB"),
        ('[colours]\nother = "FFFFFF"', "the colour other"),
        ("[end-card]\nseconds = 0", "end-card"),
        ("[end-card]\nseconds = 1\ntexts = 'a'", "end-card"),
        ("margin = 3", "give 0 to 0.4"),
        ('logo = "nowhere.png"', "there is no logo"),
        ("=", "is not a brand file"),
    ],
)
def test_a_brand_file_that_is_wrong_is_refused(text, message, tmp_path):
    path = tmp_path / "brand.toml"
    path.write_text(text)
    with pytest.raises(MediaError, match=message):
        read_brand(path)
    with pytest.raises(MediaError, match="can't be read"):
        read_brand(tmp_path / "none.toml")


def test_a_brand_has_usual_colours_where_it_says_nothing(tmp_path):
    path = tmp_path / "brand.toml"
    path.write_text('[colours]\nhighlight = "#00ff00"\n')
    assert read_brand(path) == Brand(highlight="00FF00")


def test_letters_are_of_the_brands_colour(tmp_path):
    drawing = Drawing(Look(brand=Brand(text="112233")), None, 1000)
    write_ass(
        [BurnedInCaption(TimeSpan(0, 1000), ("a",))],
        (1080, 1080),
        "Roboto",
        tmp_path / "a.ass",
        drawing=drawing,
    )
    colour = pysubs2.load(str(tmp_path / "a.ass")).styles["Default"].primarycolor
    assert (colour.r, colour.g, colour.b) == (0x11, 0x22, 0x33)


LINES = st.text("abcdefghij klmnop", min_size=1, max_size=25).filter(lambda line: bool(line.strip()))


@given(st.lists(LINES, min_size=1, max_size=3))
def test_on_a_phone_letters_are_as_large_as_the_longest_line_allows(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("ass") / "a.ass"
    heights = {}
    for size in ((1080, 1920), (1080, 1080), (1920, 1080)):
        write_ass([BurnedInCaption(TimeSpan(0, 1000), tuple(lines))], size, "Roboto", path)
        style = pysubs2.load(str(path)).styles["Default"]
        assert style.bold == (size[1] >= size[0])
        heights[size] = style.fontsize
        if style.fontsize > 0.0601 * 1080:
            longest = max(map(len, lines)) * 0.42 * style.fontsize
            assert longest <= size[0] - style.marginl - style.marginr + 1
    assert heights[1920, 1080] == pytest.approx(0.06 * 1080)
    assert all(0.06 * 1080 - 0.1 <= height <= 0.08 * 1080 + 0.1 for height in heights.values())
    if max(map(len, lines)) <= 20:
        assert heights[1080, 1920] == pytest.approx(0.08 * 1080, abs=0.1)


def test_letters_of_a_long_word_stay_in_the_safe_area(pal, cut, tmp_path):
    lines = ("not one ferry sailed and", "WWW MMM WWW MMM WWW MMM W")
    caption = BurnedInCaption(TimeSpan(0, 2000), lines)
    look = Look(brand=Brand(text="FF00FF"))
    target = tmp_path / "clip.mp4"
    render_clip(
        pal, CaptionedClip(cut(pal, 203, 206), (caption,)), target, replace(MP4, ratio="9:16", look=look)
    )
    with av.open(str(target)) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgb24").astype(int)
    text = (picture[..., 0] > 150) & (picture[..., 2] > 150) & (picture[..., 1] < 90)
    rows, columns = np.flatnonzero(text.any(axis=1)), np.flatnonzero(text.any(axis=0))
    assert 0.11 * 1080 - 1 <= columns[0] < columns[-1] <= 0.89 * 1080
    assert 0.14 * 1920 <= rows[0] < rows[-1] <= 0.8 * 1920


@pytest.mark.parametrize(
    ("name", "alignment"), [("Anna Reed", 1), ("אנה ריד, נציבת הנמל", 3), ("آنا ريد", 3), ("12, 13", 1)]
)
def test_a_name_begins_where_its_script_does(name, alignment, tmp_path):
    drawing = Drawing(Look(lower_third=True), name, 1000)
    write_ass([], (1080, 1920), "Roboto", tmp_path / "a.ass", drawing=drawing)
    assert pysubs2.load(str(tmp_path / "a.ass")).styles["Panel"].alignment == alignment


@pytest.mark.parametrize(
    ("code", "font"), [("1F44B", "Noto Emoji"), ("6211", "Noto Sans CJK"), ("1E900", "Noto Sans$")]
)
def test_a_font_is_named_that_has_the_letters(code, font):
    with pytest.raises(MediaError, match=f"such as {font}"):
        check_letters(
            f"fontselect: failed to find any fallback with glyph 0x{code} for font: (Roboto, 400, 0)"
        )


def test_an_end_card_follows_in_silence_and_the_clip_itself_is_as_before(pal, cut, tmp_path):
    brand_file = tmp_path / "brand.toml"
    brand_file.write_text('[colours]\npanel = "0000FF"\n[end-card]\nseconds = 1\ntext = "a.example"\n')
    rendering = replace(MP4, ratio="1:1", look=Look(brand=read_brand(brand_file)))
    clip, target = cut(pal, 203, 228), tmp_path / "clip.mp4"
    render_clip(pal, CaptionedClip(clip), target, rendering)
    with av.open(str(target)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 50
    blue = [float((frame[..., 2] > 200).mean() - (frame[..., 0] > 200).mean()) for frame in frames]
    assert max(blue[:25]) < 0.8 < min(blue[25:])
    assert (frames[30] > 200).all(axis=-1).any()  # the text
    with av.open(str(target)) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    rate = pal.sample_rate
    assert sound.shape[1] / rate == pytest.approx(2, abs=0.05)
    assert np.abs(sound[:, rate + rate // 10 :]).max() < 0.001
    (proof,) = prove(pal, [Part(clip)], target, has_picture=True, is_drawn_on=True, after=Fraction(1))
    assert proof.frame == 203
