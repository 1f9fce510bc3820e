"""ONNX Runtime is never loaded with its reports on."""

import re
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).parents[3] / "src" / "asdelivered"


def test_one_module_loads_the_library() -> None:
    loads = re.compile(r"^\s*(?:import|from) onnxruntime\b", re.MULTILINE)
    files = [file for package in SOURCES.iterdir() if package.is_dir() for file in package.rglob("*.py")]
    assert len(files) > 100
    assert [file.name for file in files if loads.search(file.read_text("utf-8"))] == ["onnx_runtime.py"]


def test_its_reports_are_off_when_it_is_loaded() -> None:
    code = "import os\nfrom asdelivered.align.engines.onnx_runtime import onnxruntime\n"
    code += "print(os.environ['ORT_DISABLE_TELEMETRY'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "1\n"
