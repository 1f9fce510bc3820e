"""In forced colours (Windows' contrast themes) a state isn't told by a background or by the only border drawn."""

from typing import Any

import pytest

from .conftest import Server, opened

STYLES = """() => {
    const style = (found) => getComputedStyle(document.querySelector(found));
    const lines = [...document.querySelectorAll('.line')];
    lines[1].classList.add('now');
    lines[2].ariaCurrent = 'true';
    return {
        canvas: style('body').backgroundColor,
        border: lines.slice(0, 3).map((one) => getComputedStyle(one).borderInlineStartColor),
        outline: lines.slice(0, 3).map((one) => getComputedStyle(one).outlineStyle),
        legend: [...document.querySelectorAll('.legend i')].map((one) => getComputedStyle(one).backgroundColor),
        sign: style('#play svg').fill,
        button: style('#play').backgroundColor,
    };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_tell_the_line_at_hand_and_the_kinds_of_sound(
    served: Server, tab: Any, scheme: str
) -> None:
    tab.emulate_media(forced_colors="active", color_scheme=scheme)
    found = opened(tab, served).evaluate(STYLES)
    usual, _, chosen = found["border"]
    assert usual == found["canvas"] != chosen
    assert found["outline"][0] == "none" != found["outline"][1]
    assert len(set(found["legend"])) == len(found["legend"]) == 4
    assert found["sign"] != found["button"]
