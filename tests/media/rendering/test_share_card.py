"""Share cards: what a reader sees in the picture."""

import io

import av
import numpy as np
import pytest

from asdelivered.media.errors import MediaError
from asdelivered.media.rendering.share_card import SIZE, draw_share_card

GROUND = (0x14, 0x1B, 0x2D)
SIDE = 90


def pixels(card: bytes) -> np.ndarray:
    assert card.startswith(b"\x89PNG\r\n\x1a\n")
    with av.open(io.BytesIO(card)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


def drawn(card: bytes) -> np.ndarray:
    """Where something is written, beside the bar."""
    unlike = np.abs(pixels(card).astype(int) - GROUND).max(axis=2) > 40
    unlike[:, : SIDE // 4 + 1] = False
    return unlike


def test_a_card_has_the_size_that_is_shown_whole_with_all_text_in_it() -> None:
    card = draw_share_card("The Harbour Stays Open", ["Anna Reed", "2026-04-02"])
    assert pixels(card).shape == (SIZE[1], SIZE[0], 3)
    rows, columns = np.nonzero(drawn(card))
    assert len(rows) > 5000
    assert SIDE - 5 < columns.min() < SIDE + 10
    blank = ~drawn(card).any(axis=1)
    lines = np.count_nonzero(np.diff(blank.astype(int)) == -1)
    assert lines == 3


@pytest.mark.parametrize("title", ["A", "word " * 80, "W" * 39, "Wort und Antwort über Häfen " * 5])
def test_any_title_stays_within_the_margins(title: str) -> None:
    rows, columns = np.nonzero(drawn(draw_share_card(title, ["Anna Reed, Tom Ahlers", "Press conference"])))
    assert columns.max() <= SIZE[0] - SIDE + 2
    assert 20 < rows.min() < rows.max() < SIZE[1] - 20


def test_text_is_drawn_as_it_is_written() -> None:
    """Nothing in it is a command of the drawing."""
    plain, braces = (draw_share_card(title) for title in ("A  B", r"A {\fs300} B"))
    assert drawn(braces).sum() > drawn(plain).sum()
    assert len(np.unique(np.nonzero(drawn(braces))[0])) < 140, "the letters have become larger"
    assert (drawn(draw_share_card("A\nB")) == drawn(draw_share_card("A B"))).all()


def test_a_title_that_runs_left_stands_at_the_right() -> None:
    try:
        columns = np.nonzero(drawn(draw_share_card("שלום עולם")))[1]
    except MediaError:
        pytest.skip("no font here has Hebrew letters")
    assert columns.min() > SIZE[0] / 2
