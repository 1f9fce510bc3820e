"""Text on the clock: engines, anchors, forced alignment, confidence; the Alignment document.

What is named in `__init__.pyi` is the public interface, loaded when it is used.
"""

import lazy_loader

from asdelivered.base.progress import Observer, OnProgress

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["Observer", "OnProgress"]
