"""Build and install aeneas beside the program. It has no wheel, and pip alone cannot build it.

Its setup.py dates from 2017. To build, it needs numpy, with a module that numpy dropped for Python 3.12; a setuptools
that still has pkg_resources; and a C compiler. Whatever is missing goes into a temporary folder.
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

from asdelivered.align.errors import AlignError
from asdelivered.base.scratch import scratch_folder

AENEAS = "aeneas>=1.7.3,<2"
_SETUPTOOLS = ("setuptools>=77,<81", "wheel")
_COMPILER = "ziglang==0.17.1"
"""A C compiler in a wheel, for machines without one."""
_DROPPED_BY_NUMPY = """\
import numpy


def get_numpy_include_dirs():
    return [numpy.get_include()]
"""
_CHECK = "from asdelivered.align.engines.aeneas import check_installed; check_installed()"
_LINES_SHOWN = 4


def install_aeneas() -> None:
    """Build aeneas with its C code and install it into the environment that the program runs in.

    Raises AlignError: there is neither pip nor uv, Python's headers are missing, or a step failed (with its output).
    """
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        raise AlignError(
            "aeneas is built from source, and the headers of this Python are missing: install them (Debian: "
            f"apt install python{sys.version_info.major}.{sys.version_info.minor}-dev), then try again"
        )
    install = installer()
    with scratch_folder() as folder:
        compiler = () if has_compiler() else (_COMPILER,)
        tools = (f"numpy=={version('numpy')}", *_SETUPTOOLS, *compiler)
        _run([*install, "--target", str(folder), *tools], os.environ)
        dropped = folder / "numpy" / "distutils" / "misc_util.py"
        if not dropped.exists():
            dropped.parent.mkdir(exist_ok=True)
            (dropped.parent / "__init__.py").touch()
            dropped.write_text(_DROPPED_BY_NUMPY, encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(folder), "AENEAS_WITH_CEW": "False"}
        if compiler:
            environment["CC"] = join([sys.executable, "-m", "ziglang", "cc"])
        _run([*install, "--no-build-isolation", AENEAS], environment)
    _run([sys.executable, "-c", _CHECK], os.environ)


def installer() -> list[str]:
    """Return the command that installs packages into this program's environment: pip's, or uv's. Raises AlignError.

    uv is looked for on the PATH, beside this Python, and where users' programs are: a program that is started from a
    menu has not the PATH of a shell. Neither may take anything from its cache: an aeneas built with another numpy does
    not load.
    """
    if find_spec("pip"):
        return [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-cache-dir"]
    folders = (
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user")),
    )
    if uv := shutil.which("uv") or shutil.which("uv", path=os.pathsep.join(folders)):
        return [uv, "pip", "install", "--no-cache", "--python", sys.executable]
    raise AlignError(
        f"neither pip nor uv is here to install anything with: {sys.executable} -m ensurepip, then try again"
    )


def has_compiler() -> bool:
    """Return whether there is a C compiler: the one that CC names, or else the one that built this Python."""
    named = split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    return shutil.which(named[0]) is not None


def _run(command: Sequence[str], environment: Mapping[str, str]) -> None:
    run = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if run.returncode:
        output = [line.strip() for line in (run.stderr or run.stdout).splitlines() if line.strip()]
        wrong = [line for line in output if "error" in line.lower()] or output
        raise AlignError(f"aeneas could not be installed:\n{os.linesep.join(wrong[-_LINES_SHOWN:])}")
