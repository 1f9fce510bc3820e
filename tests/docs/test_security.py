"""SECURITY.md: each promise names a test, and each test and page that it names is there."""

import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = (REPOSITORY / "SECURITY.md").read_text("utf-8")


def test_each_promise_names_a_test_that_is_there() -> None:
    rows = [line.split("|") for line in TEXT.splitlines() if line.startswith("|")][2:]
    assert len(rows) > 5
    for _, promise, keepers, _ in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)`", keepers)
        assert named, promise
        for path in named:
            assert (REPOSITORY / path).is_file(), path


def test_each_page_that_it_names_is_there() -> None:
    named = re.findall(r"\]\((?!https?:)([^)#]+)", TEXT)
    assert named
    for path in named:
        assert (REPOSITORY / path).is_file(), path
