"""Captions: an Alignment becomes cues, cues become SRT, WebVTT and other files.

What is named in `__init__.pyi` is the public interface, loaded when it is used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
