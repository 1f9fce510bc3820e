"""Print which systems and Pythons the locked versions can be installed on: `.venv/bin/python scripts/platforms.py`.

All is read from uv.lock, so it needs no network: for each system and each Python, the packages that an installation
has, whether each has a wheel that fits, and how many megabytes are downloaded. What has no wheel is named; it is built
from source, which takes a compiler unless it is Python alone.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

REPOSITORY = Path(__file__).resolve().parent.parent
PROGRAM = "asdelivered"
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
PURE = frozenset({"docopt", "font-roboto", "pysrt"})
"""Packages without wheels that are Python alone, or data: no compiler is needed to build them."""


@dataclass(frozen=True)
class System:
    """A system, as markers and as wheels name it."""

    name: str
    sys_platform: str
    machine: str
    tags: tuple[str, ...]


SYSTEMS = (
    System(
        "Linux x86_64",
        "linux",
        "x86_64",
        tuple(
            f"manylinux{kind}_x86_64"
            for kind in ("_2_28", "_2_27", "_2_17", "2014", "_2_12", "2010", "_2_5", "1")
        ),
    ),
    System(
        "Linux aarch64",
        "linux",
        "aarch64",
        (
            "manylinux_2_28_aarch64",
            "manylinux_2_27_aarch64",
            "manylinux_2_17_aarch64",
            "manylinux2014_aarch64",
        ),
    ),
    System(
        "macOS 14, arm64",
        "darwin",
        "arm64",
        tuple(
            f"macosx_{version}_{kind}"
            for version in ("14_0", "13_0", "12_0", "11_0", "10_15", "10_13", "10_12", "10_9")
            for kind in ("arm64", "universal2")
        ),
    ),
    System("Windows", "win32", "AMD64", ("win_amd64",)),
)


@dataclass(frozen=True)
class Installation:
    """What an installation takes: how many packages, the bytes of its wheels, and the packages without one."""

    packages: int
    size: int
    from_source: tuple[str, ...]

    @property
    def compiled(self) -> tuple[str, ...]:
        """The packages that take a compiler."""
        return tuple(name for name in self.from_source if name not in PURE)


def installation(
    lock: dict[str, Any], system: System, python: tuple[int, int], extras: Sequence[str] = ()
) -> Installation:
    """Return what installing the program with `extras` takes on a system and a Python."""
    environment = {
        "python_version": f"{python[0]}.{python[1]}",
        "python_full_version": f"{python[0]}.{python[1]}.0",
        "sys_platform": system.sys_platform,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system.sys_platform],
        "platform_machine": system.machine,
        "os_name": "nt" if system.sys_platform == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    fitting = {*cpython_tags(python, platforms=system.tags), *compatible_tags(python, platforms=system.tags)}
    size, missing, count = 0, [], 0
    for package in _needed(lock, environment, extras):
        count += 1
        wheels = [one["size"] for one in package.get("wheels", ()) if _tags(one["url"]) & fitting]
        if wheels:
            size += min(wheels)
        else:
            missing.append(package["name"])
            size += package.get("sdist", {}).get("size", 0)
    return Installation(count, size, tuple(sorted(missing)))


def _needed(
    lock: dict[str, Any], environment: dict[str, str], extras: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Yield every package that is installed, the program itself not among them."""
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in lock["package"]:
        packages.setdefault(package["name"], []).append(package)
    waiting = [(PROGRAM, frozenset(extras), "")]
    seen = set()
    while waiting:
        name, wanted, version = waiting.pop()
        chosen = [one for one in packages[name] if version in ("", one.get("version"))]
        for package in chosen[:1]:
            if (name, wanted) in seen:
                continue
            if name != PROGRAM and all(name != known for known, _ in seen):
                yield package
            seen.add((name, wanted))
            optional = package.get("optional-dependencies", {})
            for one in [*package.get("dependencies", ()), *(d for e in wanted for d in optional.get(e, ()))]:
                if "marker" not in one or Marker(one["marker"]).evaluate({"extra": "", **environment}):
                    waiting.append((one["name"], frozenset(one.get("extra", ())), one.get("version", "")))


def _tags(url: str) -> frozenset[Tag]:
    return parse_wheel_filename(url.rpartition("/")[2])[3]


def table(lock: dict[str, Any]) -> str:
    """Return the table, as Markdown."""
    rows = ["| system | Python | packages | download | with clips | to be compiled |"]
    rows.append("| --- | --- | ---: | ---: | ---: | --- |")
    for system in SYSTEMS:
        for python in PYTHONS:
            plain = installation(lock, system, python)
            full = installation(lock, system, python, ("clips",))
            compiled = ", ".join(full.compiled) or "nothing"
            sizes = f"{plain.size / 1e6:.0f} MB | {full.size / 1e6:.0f} MB"
            rows.append(
                f"| {system.name} | {python[0]}.{python[1]} | {plain.packages} | {sizes} | {compiled} |"
            )
    return "\n".join(rows) + "\n"


def read_lock() -> dict[str, Any]:
    """Return uv.lock."""
    return tomllib.loads((REPOSITORY / "uv.lock").read_text("utf-8"))


if __name__ == "__main__":
    sys.stdout.write(table(read_lock()))
