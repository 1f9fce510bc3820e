"""Write the bill of materials of a release: `.venv/bin/python scripts/bill_of_materials.py dist/asdelivered.cdx.json`.

It lists every package that the program depends on as CycloneDX 1.5: the version and hashes in uv.lock, which package
needs which, and the licence in THIRD_PARTY.md. The same lock file gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from licences import DOCUMENT, REPOSITORY, UNKNOWN, known_rows
from uv import find_uv_bin

EXTRAS = ("--extra=clips", "--extra=whisper", "--extra=ctc")
EXPORT = ("export", "--quiet", "--frozen", "--no-default-groups", *EXTRAS, "--format", "cyclonedx1.5")


def bill_of_materials() -> dict[str, Any]:
    """Return the bill as JSON values."""
    run = subprocess.run([find_uv_bin(), *EXPORT], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    bill: dict[str, Any] = json.loads(run.stdout)
    licences = known_rows(DOCUMENT.read_text("utf-8"))
    for component in bill["components"]:
        stated = licences.get(component["name"], UNKNOWN)
        if stated != UNKNOWN:
            component["licenses"] = [{"license": {"name": stated}}]
    del bill["metadata"]["timestamp"]
    lock = hashlib.sha256((REPOSITORY / "uv.lock").read_bytes()).hexdigest()
    bill["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_OID, lock).urn
    return bill


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{json.dumps(bill_of_materials(), indent=1)}\n", "utf-8")
