"""Write the list of all packages and their licences into THIRD_PARTY.md: `.venv/bin/python scripts/licences.py`.

The names come from uv.lock, the licences from the installed packages. A package that is not installed here (because it
is for another Python or another system) or that states no licence keeps its present row.
"""

from __future__ import annotations

import re
import subprocess
from contextlib import suppress
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

from uv import find_uv_bin

REPOSITORY = Path(__file__).resolve().parent.parent
DOCUMENT = REPOSITORY / "THIRD_PARTY.md"
HEADING = "## Every package, and the licence that it states\n"
UNKNOWN = "see the package"
EXPORT = (
    "export",
    "--quiet",
    "--frozen",
    "--no-default-groups",
    "--extra=clips",
    "--extra=whisper",
    "--extra=ctc",
    "--no-emit-project",
    "--no-hashes",
    "--no-annotate",
    "--no-header",
)
"""uv's arguments: list the locked versions of all that the program and its usual extras depend on."""


def locked() -> list[str]:
    """Return the names of all packages that the program depends on, directly or not."""
    run = subprocess.run(
        [find_uv_bin(), *EXPORT],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted({line.partition("==")[0] for line in run.stdout.splitlines() if "==" in line})


def licence(stated: PackageMetadata) -> str:
    """Return the licence that a package states: as an SPDX expression, as classifiers, or in its own words."""
    if "License-Expression" in stated:
        return stated["License-Expression"]
    classes = [one.rpartition(" :: ")[2] for one in stated.get_all("Classifier") or [] if "License ::" in one]
    if classes:
        return ", ".join(classes)
    own = stated["License"].strip().splitlines() if "License" in stated else []
    return own[0] if own and len(own[0]) < 60 else UNKNOWN


def rows(names: list[str], known: dict[str, str]) -> dict[str, str]:
    """Return the licence of each package; for those that are not installed, the one already known."""
    found = {}
    for name in names:
        found[name] = known.get(name, UNKNOWN)
        with suppress(PackageNotFoundError):
            stated = licence(metadata(name))
            found[name] = found[name] if stated == UNKNOWN else stated
    return found


def known_rows(text: str) -> dict[str, str]:
    """Return the rows that are in the document now."""
    return dict(
        re.findall(
            r"^\| ([\w.-]+) \| (.+) \|$",
            text.partition(HEADING)[2].partition("| --- | --- |")[2],
            re.MULTILINE,
        )
    )


def section(found: dict[str, str]) -> str:
    """Return the list, as Markdown."""
    table = "".join(f"| {name} | {stated} |\n" for name, stated in found.items())
    return (
        f"{HEADING}\nMade by `scripts/licences.py` of `uv.lock` and of what each package says of itself.\n\n"
        + (f"| package | licence |\n| --- | --- |\n{table}")
    )


if __name__ == "__main__":
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(
        text.partition(HEADING)[0].rstrip() + "\n\n" + section(rows(locked(), known_rows(text)))
    )
