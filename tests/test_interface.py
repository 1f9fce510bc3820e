"""What the packages offer to Python programs."""

import importlib
import inspect
import subprocess
import sys
from types import FunctionType

import pytest

PACKAGES = ("transcripts", "media", "align", "subtitles")


@pytest.mark.parametrize("package", PACKAGES)
def test_what_a_package_names_is_there_and_explained(package: str) -> None:
    offered = importlib.import_module(f"asdelivered.{package}")
    assert len(offered.__all__) > 3
    unexplained = [name for name in offered.__all__ if not inspect.getdoc(getattr(offered, name))]
    assert unexplained == []


@pytest.mark.parametrize("package", PACKAGES)
def test_functions_say_what_they_take_and_give(package: str) -> None:
    offered = importlib.import_module(f"asdelivered.{package}")
    functions = [getattr(offered, name) for name in offered.__all__]
    for function in functions:
        if isinstance(function, FunctionType):
            signature = inspect.signature(function)
            assert signature.return_annotation is not inspect.Signature.empty, function
            assert all(one.annotation is not inspect.Parameter.empty for one in signature.parameters.values())


@pytest.mark.parametrize(
    "imports",
    [
        "import asdelivered.align",
        "import asdelivered.align.aligner",
        "from asdelivered.align import align",
        "from asdelivered.align.aligner import align",
    ],
)
def test_the_main_function_is_called_the_same_whatever_was_imported_first(imports: str) -> None:
    program = f"""
{imports}
import asdelivered.align
try:
    asdelivered.align.align("no-such-page.txt", "no-such-recording.mp4")
except Exception as error:
    print(error)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert "no-such-page.txt" in run.stdout


def test_naming_the_packages_loads_nothing_heavy() -> None:
    program = (
        "import sys, asdelivered.align, asdelivered.subtitles, asdelivered.media, asdelivered.transcripts\n"
    )
    program += "print([name for name in ('numpy', 'av', 'rich', 'onnxruntime') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
