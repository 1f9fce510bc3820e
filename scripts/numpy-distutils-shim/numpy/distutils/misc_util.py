"""The one function of numpy.distutils.misc_util that aeneas needs to be built."""

import numpy


def get_numpy_include_dirs() -> list[str]:
    """Return the folder of numpy's headers."""
    return [numpy.get_include()]
