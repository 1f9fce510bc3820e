"""The generated files in docs/ are what their scripts generate now."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PAGE = REPOSITORY / "docs" / "asdelivered.1"
sys.path.insert(0, str(REPOSITORY / "docs"))

import edges_figure  # noqa: E402

PROGRAMS = ("asdelivered", "aeneas-200")


def test_the_manual_is_that_of_the_commands() -> None:
    made = subprocess.run(
        [sys.executable, REPOSITORY / "docs" / "man_page.py"], capture_output=True, text=True, check=True
    )
    assert made.stdout == PAGE.read_text(), "generate it again: python docs/man_page.py > docs/asdelivered.1"


def test_no_line_of_the_manual_is_a_request_that_roff_does_not_know() -> None:
    requests = {line.split()[0] for line in PAGE.read_text().splitlines() if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".TP", ".PP", ".B", ".I"}


def test_the_plot_is_that_of_the_table(tmp_path: Path) -> None:
    for name in ("edges_figure.py", "benchmarks/accuracy.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / "docs" / name, tmp_path / name)
    subprocess.run([sys.executable, tmp_path / "edges_figure.py"], check=True)
    made = (tmp_path / "benchmarks" / "edges.svg").read_text()
    kept = (REPOSITORY / "docs" / "benchmarks" / "edges.svg").read_text()
    assert made == kept, "draw it again: python docs/edges_figure.py"


def test_the_table_of_the_readme_is_that_of_the_benchmark() -> None:
    found = edges_figure.shares((REPOSITORY / "docs" / "benchmarks" / "accuracy.md").read_text("utf-8"))
    wanted = [
        [
            found[event, program][column]
            for column in (edges_figure.STARTS, edges_figure.ENDS)
            for program in PROGRAMS
        ]
        for event in edges_figure.NAMES
    ]
    readme = (REPOSITORY / "README.md").read_text("utf-8").partition("## How good it is")[2]
    rows = re.findall(r"^\| [^|]+ \|((?: [\d.]+ % \|){4})", readme, re.MULTILINE)
    assert [[float(share) for share in re.findall(r"[\d.]+", row)] for row in rows] == wanted
