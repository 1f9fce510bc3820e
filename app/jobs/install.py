"""aeneas built and installed beside the program: it has no wheel, and more is needed to build it than pip can be told.

Its setup.py is of 2017. It wants numpy while it builds, with a module that numpy lost for Python 3.12; a setuptools
that still has pkg_resources; and a C compiler. What of that is missing comes into a folder that is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from shlex import join, split

from asdelivered.app.errors import AppError
from asdelivered.base.scratch import scratch_folder

AENEAS = "aeneas>=1.7.3,<2"
_SETUPTOOLS = ("setuptools>=77,<81", "wheel")
_COMPILER = "ziglang==0.17.1"
"""A C compiler in a wheel, for machines without one."""
_LOST_FROM_NUMPY = """\
import numpy


def get_numpy_include_dirs():
    return [numpy.get_include()]
"""
_CHECK = "from asdelivered.align.engines.aeneas import check_installed; check_installed()"
_LINES_TOLD = 4


def install_aeneas() -> None:
    """Build aeneas with its C code and install it into the environment that the program runs in.

    Raises AppError: there is neither pip nor uv, Python's headers are missing, or a step failed, with what it said.
    """
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        raise AppError(
            "aeneas is built from source, and the headers of this Python are missing: install them (Debian: "
            f"apt install python{sys.version_info.major}.{sys.version_info.minor}-dev), and then this again"
        )
    install = installer()
    with scratch_folder() as folder:
        compiler = () if has_compiler() else (_COMPILER,)
        tools = (f"numpy=={version('numpy')}", *_SETUPTOOLS, *compiler)
        _run([*install, "--target", str(folder), *tools], os.environ)
        lost = folder / "numpy" / "distutils" / "misc_util.py"
        if not lost.exists():
            lost.parent.mkdir(exist_ok=True)
            (lost.parent / "__init__.py").touch()
            lost.write_text(_LOST_FROM_NUMPY, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(folder), "AENEAS_WITH_CEW": "False"}
        if compiler:
            environment["CC"] = join([sys.executable, "-m", "ziglang", "cc"])
        _run([*install, "--no-build-isolation", AENEAS], environment)
    _run([sys.executable, "-c", _CHECK], os.environ)


def installer() -> list[str]:
    """Return the command that installs packages into the environment of this program: that of pip, or of uv.

    Neither takes anything from its cache: an aeneas that is there may have been built with another numpy, and then
    doesn't load.
    """
    if find_spec("pip"):
        return [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-cache-dir"]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--no-cache", "--python", sys.executable]
    raise AppError(
        f"neither pip nor uv is here to install anything with: {sys.executable} -m ensurepip, and then this again"
    )


def has_compiler() -> bool:
    """Tell whether there is a C compiler: the one named by CC, or else the one that this Python was built with."""
    named = split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    return shutil.which(named[0]) is not None


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        said = [line.strip() for line in (run.stderr or run.stdout).splitlines() if line.strip()]
        wrong = [line for line in said if "error" in line.lower()] or said
        raise AppError(f"aeneas could not be installed:\n{os.linesep.join(wrong[-_LINES_TOLD:])}")
