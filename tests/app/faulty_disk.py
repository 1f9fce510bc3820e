"""All commands on a disk that is full, or that can't be written to: faulty_disk.py full|read-only FOLDER.

Run it where it may mount a file system (`unshare -rm`). Every command gets a folder of its own on that disk, with what
earlier runs left there. Prints as JSON how each ended, and what it changed.
"""

from __future__ import annotations

import errno
import json
import shlex
import signal
import subprocess
import sys
import traceback
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FILLER = "filler"
QUOTE = "last winter was hard on this harbour"


@dataclass(frozen=True)
class Case:
    """A command line: {in} is a folder that can be written to, {out} the command's own on the disk.

    `before` are command lines that are run there while the disk is sound.
    """

    line: str
    before: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """The command's name: "archive add"."""
        words = self.line.split()
        return " ".join(words[: 2 if words[0] == "archive" else 1])


def _twice(line: str, again: str = "") -> list[Case]:
    """A command whose files are not there yet, and one that replaces its own."""
    return [Case(line), Case(f"{line} {again}".strip(), (line,))]


_ALIGN = "align {in}/harbour.txt {in}/harbour.opus -o {out} --language en --jobs 1"
_CAPTIONS = "captions {in}/harbour.alignment.json --format srt,vtt -o {out}"
_ADD = "archive add {out}/events.db {in}/harbour.alignment.json"

WRITING = [
    Case(_ALIGN),
    Case(_ALIGN, ("archive export {in}/events.db -o {out}", _CAPTIONS)),
    *_twice(_CAPTIONS, "--style bbc"),
    *_twice("check {in}/harbour.srt --style bbc --fix -o {out}/fixed.srt", "--frame-rate 24"),
    Case("check {out}/harbour.srt --style bbc --fix", ("convert {in}/harbour.srt {out}/harbour.srt",)),
    *_twice("convert {in}/harbour.srt {out}/harbour.vtt", "--shift 1"),
    *_twice('clip {in}/harbour.alignment.json --quote "{quote}" --to {out}/cuts.edl', "--force --handles 1"),
    *_twice('clip {in}/harbour.alignment.json --quote "{quote}" --render {out}', "--force --handles 1"),
    Case("batch {in}/jobs.csv -o {out} --jobs 1 --attempts 1"),
    Case("batch {in}/jobs.csv -o {out} --jobs 1 --attempts 1", ("batch {in}/none.csv -o {out} --jobs 1",)),
    Case("review {out}/event.alignment.json --no-browser", ("convert {in}/harbour.srt {out}/harbour.srt",)),
    *_twice("page {in}/harbour.alignment.json -o {out}/talk.html", "--title Another"),
    Case(_ADD),
    Case(f"{_ADD} --name second", (_ADD,)),
    Case("archive remove {out}/events.db harbour", (_ADD,)),
    *_twice("archive publish {in}/events.db {out}", "--title Another"),
    *_twice("archive export {in}/events.db -o {out}"),
    Case("demo -o {out}"),
]
"""All commands that write files where people keep theirs."""

READING = [
    Case("transcript {in}/harbour.txt"),
    Case('find "{quote}" {out}/event.alignment.json'),
    Case('find "{quote}" --archive {out}/events.db', (_ADD,)),
    Case("archive list {out}/events.db", (_ADD,)),
    Case("archive show {out}/events.db harbour", (_ADD,)),
    Case("check {out}/harbour.srt --style bbc", ("convert {in}/harbour.srt {out}/harbour.srt",)),
    Case("status {out}", ("captions {out}/event.alignment.json -o {out} --format srt",)),
    Case("config"),
]
"""Commands that read only, and so work on any disk."""

ELSEWHERE = {
    "doctor": "writes only with --install, into the program's own folders, and then needs the network",
    "desk": "serves until it is stopped: tests/app/desk tries a full disk",
    "archive serve": "reads only, until it is stopped",
}
"""Commands that are not tried, and why."""


def main(fault: str, folder: Path) -> None:
    """Run all cases on a faulty disk, and print what came of them."""
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", disk], check=True)
    cases = {disk / f"{number:02}": case for number, case in enumerate([*WRITING, *READING])}
    for place, case in cases.items():
        place.mkdir()
        (place / "event.alignment.json").write_bytes((folder / "in/harbour.alignment.json").read_bytes())
        for line in case.before:
            ended = _run(line, folder, place)
            if "Traceback" in str(ended["err"]):
                sys.exit(f"{line}: {ended['err']}")
    if fault == "full":
        _fill(disk / FILLER)
    else:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for place, case in cases.items():
        before = _state(disk)
        ended = _run(case.line, folder, place)
        after = _state(disk)
        changed = sorted(name for name in before | after if before.get(name) != after.get(name))
        print(json.dumps({"line": case.line, "place": place.name, "changed": changed, **ended}), flush=True)


def _run(line: str, folder: Path, place: Path) -> dict[str, str | int]:
    """Run a command in this process, since starting one takes long; one that serves is stopped."""
    from typer.testing import CliRunner

    from asdelivered.app.main import app

    words = shlex.split(line.format(**{"in": folder / "in", "out": place, "quote": QUOTE}))
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(60)
    ended = CliRunner().invoke(app, words)
    signal.alarm(0)
    trace = (
        "" if isinstance(ended.exception, SystemExit | None) else traceback.format_exception(ended.exception)
    )
    return {"code": ended.exit_code, "out": ended.stdout, "err": ended.stderr + "".join(trace)}


def _fill(path: Path) -> None:
    with path.open("wb", 0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def _state(disk: Path) -> dict[str, tuple[int, int, str]]:
    """All that lies on the disk: replaced by the same bytes, a file is another one."""
    return {
        str(path.relative_to(disk)): (
            path.stat().st_ino,
            path.stat().st_mtime_ns if path.is_file() else 0,
            sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in disk.rglob("*")
        if path.name != FILLER
    }


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
