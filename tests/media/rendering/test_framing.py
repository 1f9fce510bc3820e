"""Where a clip is cropped: on who speaks, without a jump within a shot, and off the faces with text."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.span import TimeSpan
from asdelivered.media.rendering.framing import CENTRED, Face, FaceBox, Shot, framing_of
from asdelivered.media.rendering.text_places import (
    Margins,
    PlacedText,
    TextBox,
    covered,
    place_text,
    place_texts,
)

FPS = Fraction(25)
WIDE, TALL = (1920, 1080), (1080, 1920)
SHARE = (1080 / 1920) / (1920 / 1080)
"""Share of a wide picture's width that a tall crop shows."""
MARGINS = Margins(0.1, 0.15, 0.2)


def shot(first: int, last: int, *places: float, width: float = 0.1) -> Shot:
    """A shot with a face in each sampled picture, at these places."""
    frames = [first + 5 * number for number in range(len(places))]
    faces = tuple(Face(at, x, 0.4, width, 0.2) for at, x in zip(frames, places, strict=True))
    return Shot(first, last, tuple(frames), faces)


def face_in_crop(x: float, place: float) -> float:
    return (x - place * (1 - SHARE)) / SHARE


def test_a_face_that_stands_still_is_in_the_middle_of_a_crop_that_does():
    framing = framing_of([shot(0, 100, *[0.7, 0.71, 0.69, 0.7] * 5)], WIDE, TALL, FPS)
    (pan,) = framing.pans
    assert pan.start == pan.end
    assert face_in_crop(0.7, pan.start[0]) == pytest.approx(0.5, abs=0.02)


@given(st.lists(st.floats(0.05, 0.95), min_size=20, max_size=60))
def test_within_a_shot_the_crop_never_jumps_and_is_within_the_picture(walk):
    # A face that moves by at most a tenth of its width from one sample to the next.
    places = [walk[0]]
    for goal in walk[1:]:
        places.append(places[-1] + max(-0.01, min(0.01, goal - places[-1])))
    last = 5 * len(places)
    framing = framing_of([shot(0, last, *places)], WIDE, TALL, FPS)
    at = [framing.at(frame)[0] for frame in range(last)]
    assert all(0 <= place <= 1 for place in at)
    assert max(abs(after - before) for before, after in itertools.pairwise(at)) < 0.01
    for face in framing.faces[3:-3]:
        assert face.right > 0
        assert face.left < 1


def test_the_crop_jumps_with_the_shot_and_not_after_it():
    framing = framing_of([shot(0, 50, *[0.3] * 10), shot(50, 100, *[0.8] * 10)], WIDE, TALL, FPS)
    before, after = framing.at(49)[0], framing.at(50)[0]
    assert face_in_crop(0.3, before) == pytest.approx(0.5, abs=0.02)
    assert face_in_crop(0.8, after) == pytest.approx(0.5, abs=0.02)


def test_the_larger_face_is_kept_and_a_single_find_is_a_mistake():
    small, large = shot(0, 100, *[0.2] * 20), shot(0, 100, *[0.8] * 20, width=0.2)
    faces = sorted((*small.faces, *large.faces), key=lambda face: face.frame)
    framing = framing_of([Shot(0, 100, small.samples, tuple(faces))], WIDE, TALL, FPS)
    assert face_in_crop(0.8, framing.at(0)[0]) == pytest.approx(0.5, abs=0.02)
    once = Shot(0, 100, small.samples, small.faces[3:4])
    assert framing_of([once], WIDE, TALL, FPS) == CENTRED
    assert CENTRED.expression(0) is None


@pytest.mark.parametrize("first", [0, 70])
def test_ffmpeg_computes_the_same_places(first):
    framing = framing_of([shot(0, 200, *[0.2 + 0.015 * number for number in range(40)])], WIDE, TALL, FPS)
    assert len(framing.pans) > 3
    text = framing.expression(0, first)
    assert text is not None
    functions = {"choose": lambda test, yes, no: yes if test else no, "lt": lambda one, other: one < other}
    for frame in range(first, 200, 7):
        place = eval(text.replace("if(", "choose("), {**functions, "n": frame - first})
        assert place == pytest.approx(framing.at(frame)[0], abs=1e-3)


def face_at(top: float, bottom: float, start: int = 0, end: int = 5000) -> FaceBox:
    return FaceBox(TimeSpan(start, end), 0.3, top, 0.7, bottom)


TEXTS = (TextBox(TimeSpan(0, 2000), 0.1), TextBox(TimeSpan(2000, 4000), 0.1))


BOTTOM, TOP = MARGINS.bottom, 1 - MARGINS.top - 0.1


@pytest.mark.parametrize(
    ("faces", "above"),
    [
        ([], (BOTTOM, BOTTOM)),
        ([face_at(0.2, 0.5)], (BOTTOM, BOTTOM)),
        ([face_at(0.5, 0.75)], (TOP, TOP)),
        ([face_at(0.55, 0.69)], (TOP, TOP)),  # below a face's box there is a chin
        ([face_at(0.5, 0.75, 2500, 3000)], (TOP, TOP)),  # all together, where that is possible
        ([face_at(0.5, 0.75, 0, 1500), face_at(0.1, 0.4, 2500, 3000)], (TOP, BOTTOM)),
        ([face_at(0.5, 0.75, 4000, 5000)], (BOTTOM, BOTTOM)),
    ],
)
def test_text_stands_where_no_face_is(faces, above):
    assert [placed.above for placed in place_texts(TEXTS, faces, MARGINS)] == pytest.approx(above)


def test_text_stands_between_two_faces_where_top_and_bottom_are_taken():
    faces = [face_at(0.1, 0.3), face_at(0.55, 0.8)]
    for placed in place_texts(TEXTS, faces, MARGINS):
        assert placed.above == pytest.approx(0.45, abs=0.011)
        assert not covered(placed, faces, MARGINS)


def test_where_a_face_fills_the_picture_eyes_and_mouth_stay_free():
    faces = [FaceBox(TimeSpan(0, 5000), 0.0, MARGINS.top, 1.0, 0.9)]
    for placed in place_texts(TEXTS, faces, MARGINS):
        assert placed.top == pytest.approx(MARGINS.top)
        assert covered(placed, faces, MARGINS) > 0


def test_a_name_stands_as_low_as_no_face_is():
    name = TextBox(TimeSpan(0, 4000), 0.1)
    assert place_text(name, [], MARGINS).above == MARGINS.bottom
    captions = place_texts(TEXTS, [], MARGINS)
    assert place_text(name, [], MARGINS, captions).top + 0.1 == pytest.approx(captions[0].top, abs=0.011)
    low = place_text(name, [face_at(0.55, 0.75)], MARGINS, captions)
    assert low.above == pytest.approx(0.45, abs=0.011)


boxes = st.builds(
    lambda start, length, left, top, width, height: FaceBox(
        TimeSpan(start, start + length), left, top, left + width, top + height
    ),
    st.integers(0, 4000),
    st.integers(1, 4000),
    *[st.floats(-0.2, 0.9)] * 2,
    *[st.floats(0.05, 0.9)] * 2,
)


@given(st.lists(boxes, max_size=4), st.lists(st.floats(0.03, 0.2), min_size=1, max_size=3))
def test_text_stays_within_the_margins_and_covers_a_face_only_where_no_place_is_free(faces, heights):
    texts = [TextBox(TimeSpan(1000 * at, 1000 * at + 900), high) for at, high in enumerate(heights)]
    for placed in place_texts(texts, faces, MARGINS):
        assert placed.above >= MARGINS.bottom
        assert placed.top >= MARGINS.top - 0.011
        if covered(placed, faces, MARGINS):
            free = 1 - MARGINS.top - MARGINS.bottom - placed.box.height
            tried = [PlacedText(placed.box, MARGINS.bottom + share * free / 20) for share in (0, 20)]
            assert all(covered(other, faces, MARGINS) for other in tried)
