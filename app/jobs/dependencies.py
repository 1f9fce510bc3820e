"""What the installed program declares that it needs, and which of it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROGRAM = "asdelivered"
_EXTRA = re.compile(r"extra == \"([^\"]+)\"")


@dataclass(frozen=True)
class Dependency:
    """A package that the program declares. `extra` is the extra that it belongs to, "" if it is always needed."""

    requirement: Requirement
    extra: str = ""

    @property
    def name(self) -> str:
        """The name as package indexes compare it."""
        return canonicalize_name(self.requirement.name)

    @property
    def needed_here(self) -> bool:
        """Whether it is for this Python and this system."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate({"extra": self.extra})

    def problem(self) -> str | None:
        """Return what is wrong with it as it is installed: it is missing, of a wrong version, or incomplete."""
        return _problem(self.requirement)


def dependencies() -> tuple[Dependency, ...]:
    """Return all that the program declares, for any Python and system, extras included."""
    stated = (_dependency(Requirement(text)) for text in requires(PROGRAM) or ())
    return tuple(one for one in stated if one.name != PROGRAM)  # an extra may be made of the others


def _dependency(requirement: Requirement) -> Dependency:
    # Not by evaluating the marker: a part of it may be of another Python or system.
    named = _EXTRA.search(str(requirement.marker or ""))
    return Dependency(requirement, named[1] if named else "")


def _problem(requirement: Requirement) -> str | None:
    try:
        found = version(requirement.name)
    except PackageNotFoundError:
        return "missing"
    if not requirement.specifier.contains(found, prereleases=True):
        return f"{found}, and it must be {requirement.specifier}"
    for needed in _of_extras(requirement):
        if (problem := _problem(needed)) is not None:
            return f"{found}, without {needed.name} ({problem})"
    return None


def _of_extras(requirement: Requirement) -> Iterator[Requirement]:
    """Yield what a requirement's own extras need, such as those of `fsspec[http]`."""
    for text in requires(requirement.name) or () if requirement.extras else ():
        needed = Requirement(text)
        marker = needed.marker
        if (
            marker is not None
            and not marker.evaluate({"extra": ""})
            and any(marker.evaluate({"extra": extra}) for extra in requirement.extras)
        ):
            yield needed
