"""The manual page that is shipped is the one that the commands give, and man can show it."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PAGE = REPOSITORY / "docs" / "asdelivered.1"


def test_the_manual_is_that_of_the_commands() -> None:
    made = subprocess.run(
        [sys.executable, REPOSITORY / "docs" / "man_page.py"], capture_output=True, text=True, check=True
    )
    assert made.stdout == PAGE.read_text(), "make it anew: python docs/man_page.py > docs/asdelivered.1"


def test_no_line_of_the_manual_is_a_request_that_roff_does_not_know() -> None:
    requests = {line.split()[0] for line in PAGE.read_text().splitlines() if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".TP", ".PP", ".B", ".I"}
