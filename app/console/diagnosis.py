"""The state of an installation, for people."""

from __future__ import annotations

import platform

from rich.table import Table

from asdelivered.app.console.tables import results
from asdelivered.app.console.text import plain, print_result
from asdelivered.app.jobs.doctor import Diagnosis, Finding


def print_diagnosis(diagnosis: Diagnosis) -> None:
    """Print a table for each group of parts, and below them what to do about those that do not work."""
    python = Finding("Python", platform.python_version(), True)
    packages = (python, *diagnosis.packages)
    for title, group in (("Package", packages), ("Data", diagnosis.data), ("Engine", diagnosis.engines)):
        table = Table(title, "Found", "Works")
        for finding in group:
            table.add_row(plain(finding.part), plain(finding.found), "yes" if finding.works else "no")
        results().print(table)
    for finding in (*packages, *diagnosis.data, *diagnosis.engines):
        if finding.advice:
            print_result(f"{finding.part}: {finding.advice}")
    can = "can run" if diagnosis.works else "cannot run: see above"
    print_result(f"asdelivered align {can}.")
