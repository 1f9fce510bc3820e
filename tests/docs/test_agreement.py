"""When an output counts as the one that a document shows."""

import pytest
from snippets import agrees


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("a\nb\n", "a  \nb"),
        ("a\nb\nc\n", "a\n...\n"),
        ("a\n", "a\n...\n"),
        ("x a\nb y", "x ... y"),
        ("at 0:01:21.578, 0.97", "at 0:01:21.6, 0.98"),
    ],
)
def test_outputs_agree(output: str, shown: str) -> None:
    assert agrees(output, shown)


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("a\nb\n", "a\n"),
        ("a\nb\nd\n", "a\n...\nc\n"),
        ("at 0:01:23.578", "at 0:01:21.6"),
        ("at 0:02:21.578", "at 0:01:21.6"),
        ("26 of 27", "27 of 27"),
        ("1x5", "1.5"),
    ],
)
def test_outputs_that_differ_do_not(output: str, shown: str) -> None:
    assert not agrees(output, shown)
