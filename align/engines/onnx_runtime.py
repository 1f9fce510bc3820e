"""ONNX Runtime, loaded in the one way in which it tells nobody that it is used: all modules take it from here."""

from __future__ import annotations

import os

from asdelivered.base.extras import Extra, needs

# From 1.32 on, onnxruntime reports its use to its makers unless this is set before it is loaded.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

with needs(Extra.CTC, "the engine ctc"):
    import onnxruntime

__all__ = ["onnxruntime"]
