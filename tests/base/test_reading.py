import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asdelivered.base.errors import AsdeliveredError
from asdelivered.base.reading import MB, read_file, read_stream


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
    with pytest.raises(OwnError, match="cannot be read: Is a directory"):
        read_file(tmp_path, MB, "style", OwnError)
    with pytest.raises(OwnError, match="is no name of a file"):
        read_file(Path("a\0b"), MB, "style", OwnError)
