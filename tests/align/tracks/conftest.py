"""Recordings with several sounds, made from the example."""

import numpy as np
import pytest
from numpy.typing import NDArray


@pytest.fixture(scope="session")
def other(speech: NDArray[np.int16]) -> NDArray[np.int16]:
    """Speech that is not in the text: played backwards."""
    return np.ascontiguousarray(speech[::-1])
