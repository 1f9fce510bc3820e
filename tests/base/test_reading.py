import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.errors import AsdeliveredError, UsageError
from asdelivered.base.reading import MB, foreign, read_file, read_stream


class OwnError(AsdeliveredError):
    pass


@given(st.binary(max_size=64), st.integers(0, 64))
def test_a_stream_is_read_up_to_its_limit_or_refused(data: bytes, limit: int) -> None:
    if len(data) <= limit:
        assert read_stream(io.BytesIO(data), limit, "x", "style", OwnError) == data
    else:
        with pytest.raises(OwnError):
            read_stream(io.BytesIO(data), limit, "x", "style", OwnError)


def test_no_more_than_the_limit_is_asked_for_even_of_a_file_without_end() -> None:
    with pytest.raises(OwnError, match=r"^/dev/zero is larger than 1 MB: that is no style$"):
        read_file(Path("/dev/zero"), MB, "style", OwnError)


def test_what_is_refused_and_in_which_words(tmp_path: Path) -> None:
    with pytest.raises(OwnError, match=r"gone\.toml cannot be read: there is no such file"):
        read_file(tmp_path / "gone.toml", MB, "style", OwnError)
    with pytest.raises(OwnError, match="is a folder: give the"):
        read_file(tmp_path, MB, "style", OwnError)
    with pytest.raises(OwnError, match="is not a valid file name"):
        read_file(Path("a\0b"), MB, "style", OwnError)


@pytest.mark.parametrize(
    ("parse", "reason"),
    [
        (lambda: json.loads("[" * 100_000), "it is nested too deep"),
        (lambda: round(float("1e999")), "a number in it is too large"),
        (lambda: Fraction("1/0"), "the denominator 0"),
        (lambda: "\ud800".encode(), "half a surrogate pair"),
        (lambda: zlib.decompress(b"x" * 20), "incorrect header"),
        (lambda: struct.unpack("<i", b"x"), "requires a buffer of 4 bytes"),
        (lambda: zipfile.ZipFile(io.BytesIO(b"x")), "not a zip file"),
        (lambda: {}["title"], "it lacks 'title'"),
        (lambda: [][0], "out of range"),
    ],
)
def test_what_a_parser_raises_becomes_a_sentence(parse: Callable[[], object], reason: str) -> None:
    with pytest.raises(AsdeliveredError) as caught, foreign("talk.bin", "talk", AsdeliveredError):
        parse()
    assert str(caught.value).startswith("talk.bin is no talk, or a damaged one: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_fault_of_the_program_stays_one() -> None:
    with pytest.raises(TypeError), foreign("talk.bin", "talk", AsdeliveredError):
        len(None)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"^mine$"), foreign("talk.bin", "talk", AsdeliveredError, Exception):
        raise UsageError("mine")


def test_a_long_reason_is_cut() -> None:
    with pytest.raises(AsdeliveredError) as caught, foreign("talk.bin", "talk", AsdeliveredError):
        raise ValueError("x" * 10_000)
    assert len(str(caught.value)) < 400
