"""The notebook for researchers runs, and gives the output that it shows."""

import json
import subprocess
import sys
from pathlib import Path

NOTEBOOK = Path(__file__).resolve().parent.parent.parent / "docs" / "words_and_times.ipynb"
RUN = """
import json, sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], 4)
NotebookClient(notebook, timeout=300, resources={"metadata": {"path": "."}}).execute()
print(json.dumps([cell.get("outputs", []) for cell in notebook.cells]))
"""


def shown(outputs: list[list[dict]]) -> list[list[str]]:
    """Return what each cell shows as text."""
    texts = [[one.get("text") or one["data"]["text/plain"] for one in cell] for cell in outputs]
    return [["".join(text).strip() for text in cell] for cell in texts]


def test_the_notebook_gives_what_it_shows(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, NOTEBOOK],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    kept = [cell.get("outputs", []) for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]]
    assert shown(json.loads(run.stdout)) == shown(kept)
    assert {"harbour.alignment.json", "harbour.TextGrid", "harbour.ctm"} <= {
        file.name for file in tmp_path.iterdir()
    }
