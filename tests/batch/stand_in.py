"""Stands in for the aligner, where jobs are counted and killed: the same arguments and files, a tenth of a second each.

The transcript says what becomes of the job.
"""

import hashlib
import json
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    transcript, recording, folder = Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[5])
    text = transcript.read_text()
    said = text.split()
    if "broken" in said:
        sys.exit(f"asdelivered: {transcript} is broken")
    if "bug" in said:
        raise RuntimeError("a bug")
    if "crash" in said:
        import os

        os.kill(os.getpid(), 9)
    if "hog" in said:
        held = bytearray(400 << 20)
        held[::4096] = b"x" * len(held[::4096])
        time.sleep(60)
    if "slow" in said:
        time.sleep(60)
    time.sleep(0.05)
    (folder / f"{transcript.stem}.srt").write_text(text)
    time.sleep(0.02)
    inputs = (
        {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in (transcript, recording)
    )
    data = {
        "schema": "asdelivered/alignment",
        "version": 1,
        "transcript": {**next(inputs), "title": text, "language": "en"},
        "recording": {**next(inputs), "duration": 0},
        "engine": {"name": "stand-in", "version": "", "settings": {"arguments": " ".join(sys.argv[6:])}},
        "lines": [],
        "untranscribed": [],
        "created": "",
    }
    (folder / f"{transcript.stem}.alignment.json").write_text(json.dumps(data))
