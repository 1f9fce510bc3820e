"""The state of an installation, for people."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from asdelivered.app.console.tables import print_table
from asdelivered.app.console.text import print_result

if TYPE_CHECKING:
    from asdelivered.app.jobs.doctor import Diagnosis


def print_diagnosis(diagnosis: Diagnosis) -> None:
    """Print a table for each group of parts, and below them what to do about those that do not work."""
    groups = {
        "Package": diagnosis.packages,
        "Extra": diagnosis.extras,
        "Data": diagnosis.data,
        "Engine": diagnosis.engines,
    }
    for title, group in groups.items():
        rows = [(one.part, one.found, "yes" if one.works else "no") for one in group]
        if title == "Package":
            rows.insert(0, ("Python", platform.python_version(), "yes"))
        print_table((title, "Found", "Works"), rows)
    # An extra with several packages has the same advice for each.
    findings = [finding for group in groups.values() for finding in group if finding.advice]
    for advice in dict.fromkeys(f"{finding.part}: {finding.advice}" for finding in findings):
        print_result(advice)
    can = "can run" if diagnosis.works else "cannot run: see above"
    print_result(f"asdelivered align {can}.")
