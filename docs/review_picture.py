"""The picture of the review page: `python docs/review_picture.py DIR/harbour.alignment.json`, of what demo left in DIR.

Needs Chromium, which is looked for on the PATH.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).resolve().parent
COMMAND = Path(sysconfig.get_path("scripts")) / "asdelivered"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = "1280,800"


def take(alignment: Path, picture: Path) -> None:
    """Open the review page of `alignment` in a browser without a window, and write what it shows to `picture`."""
    browser = next(found for name in BROWSERS if (found := shutil.which(name)))
    served = [COMMAND, "review", alignment, "--no-browser", "--json"]
    with subprocess.Popen(served, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = json.loads(server.stdout.readline())["address"]
            options = ("--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={SIZE}")
            subprocess.run(
                [browser, *options, "--virtual-time-budget=8000", f"--screenshot={picture}", address],
                check=True,
            )
        finally:
            server.terminate()


if __name__ == "__main__":
    take(Path(sys.argv[1]), HERE / "review.png")
