"""`asdelivered doctor`: what is installed, and whether the main job can run."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Annotated

import typer

from asdelivered.align.errors import AlignError

REINSTALL = 'install it anew: pip install --force-reinstall "asdelivered"'


@dataclass(frozen=True)
class Finding:
    """A part that the main job needs: its version or what was found, and what to do where it does not work."""

    part: str
    found: str
    works: bool
    advice: str | None = None


class Installable(StrEnum):
    """What pip can't install by itself."""

    AENEAS = "aeneas"
    WHISPER_BASE = "whisper-base"
    WHISPER_TINY_EN = "whisper-tiny.en"


def doctor(
    install: Annotated[
        Installable | None,
        typer.Option(
            help="Install this first: the engine aeneas, built from source, under the AGPL-3.0; "
            "or a Whisper model, 148 MB or (English only) 78 MB, checked by its hash."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check the installation.

    Says what is installed, which engines can run, and what to do about the rest.
    Exit code 1 where `asdelivered align` cannot run.
    """
    if install:
        _install(install)
    packages = [*_packages()]
    data = [_try(part, check) for part, check in DATA.items()]
    engines = [_try(engine, check) for engine, check in ENGINES.items()]
    works = all(finding.works for finding in [*packages, *data]) and any(finding.works for finding in engines)
    if as_json:
        groups = {"packages": packages, "data": data, "engines": engines}
        findings = {name: [asdict(finding) for finding in group] for name, group in groups.items()}
        typer.echo(json.dumps({"works": works, "python": platform.python_version(), **findings}, indent=2))
    else:
        _print([Finding("Python", platform.python_version(), True), *packages], data, engines, works)
    if not works:
        raise typer.Exit(1)


def _install(what: Installable) -> None:
    if what is Installable.AENEAS:
        from asdelivered.app.jobs.install import install_aeneas

        typer.echo("Building aeneas, which takes a minute or two", err=True)
        install_aeneas()
        return
    from asdelivered.align.engines.whisper_weights import KNOWN
    from asdelivered.app.jobs.install_whisper import install_whisper

    (weights,) = (one for one in KNOWN if f"whisper-{one.name}" == what.value)
    folder = install_whisper(weights, lambda sentence: typer.echo(sentence, err=True))
    typer.echo(
        f"The model {weights.name} is in {folder}" if folder else f"The model {weights.name} is here already",
        err=True,
    )


def dependencies() -> list[str]:
    """Return the names of the packages that the program depends on, as its installation states them."""
    from packaging.requirements import Requirement

    stated = [Requirement(requirement) for requirement in requires("asdelivered") or []]
    # A package may be stated once for each version of Python; extras are nobody's need here.
    needed = [one for one in stated if one.marker is None or one.marker.evaluate({"extra": ""})]
    return list(dict.fromkeys(requirement.name for requirement in needed))


def _packages() -> Iterator[Finding]:
    for name in ["asdelivered", *dependencies()]:
        try:
            yield Finding(name, version(name), True)
        except PackageNotFoundError:
            yield Finding(name, "missing", False, f'pip install "{name}"')


def _program() -> str:
    """Load all that the main job uses."""
    import asdelivered.app.jobs.align  # noqa: F401

    return "loaded"


def _speech_model() -> str:
    """Run the model that tells speech from silence."""
    import numpy as np

    from asdelivered.media.speech import WINDOW, speech_probabilities

    speech_probabilities([np.zeros(WINDOW, dtype=np.int16)])
    return "Silero, in faster-whisper"


def _pronunciation() -> str:
    """Pronounce a word that no dictionary has."""
    from asdelivered.align.acoustic.lexicon import pronounce

    if not pronounce(["asdelivered"], "en"):
        raise RuntimeError("no sound for a word")
    return "the CMU dictionary, and espeak-ng"


def _sphinx() -> str:
    """Read the recogniser's model."""
    from asdelivered.align.acoustic.acoustic_model import embedded_model

    embedded_model()
    return f"PocketSphinx {version('pocketsphinx')}, US English model"


DATA: dict[str, Callable[[], str]] = {
    "the program": _program,
    "speech activity": _speech_model,
    "pronunciation": _pronunciation,
}
"""What every engine needs; each says what was found or raises."""


def _whisper() -> str:
    """Load the library, and name the models that are here."""
    from pathlib import Path

    import ctranslate2
    import faster_whisper
    from huggingface_hub.constants import HF_HUB_CACHE

    from asdelivered.align.engines.selection import find_models

    gpus = ctranslate2.get_cuda_device_count()
    models = [model.name.rpartition("-whisper-")[2] for model in find_models(Path(HF_HUB_CACHE))]
    here = f"models: {', '.join(models)}" if models else "no model: asdelivered doctor --install whisper-base"
    return f"faster-whisper {faster_whisper.__version__}, {'a GPU' if gpus else 'no GPU'}; {here}"


def _aeneas() -> str:
    """Load it with its C code: without, it takes 50 times as long."""
    from asdelivered.align.engines.aeneas import check_installed

    check_installed()
    return f"aeneas {version('aeneas')}, with its C code"


ENGINES: dict[str, Callable[[], str]] = {"sphinx": _sphinx, "whisper": _whisper, "aeneas": _aeneas}
"""One of them must work."""


def _try(part: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part, check(), True)
    except AlignError as error:  # an engine that says itself what to do
        return Finding(part, "missing", False, str(error))
    except Exception as error:  # whatever a broken installation throws is the finding
        return Finding(part, f"{type(error).__name__}: {error}", False, REINSTALL)


def _print(packages: list[Finding], data: list[Finding], engines: list[Finding], works: bool) -> None:
    from rich.table import Table

    from asdelivered.app.console.text import plain, results

    console = results()
    for title, group in (("Package", packages), ("Data", data), ("Engine", engines)):
        table = Table(title, "Found", "Works")
        for finding in group:
            table.add_row(plain(finding.part), plain(finding.found), "yes" if finding.works else "no")
        console.print(table)
    for finding in (*packages, *data, *engines):
        if finding.advice:
            console.print(plain(f"{finding.part}: {finding.advice}"))
    console.print("asdelivered align can run." if works else "asdelivered align cannot run: see above.")
