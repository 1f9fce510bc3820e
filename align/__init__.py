"""Alignment of text and recording: engines, anchors, forced alignment, confidence; the Alignment document.

The names in `__init__.pyi` are the public interface; they are loaded when they are used.
"""

import lazy_loader

from asdelivered.base.progress import Observer, OnProgress

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["Observer", "OnProgress"]
