"""Captions: an Alignment becomes cues, cues become SRT, WebVTT and other files.

The names in `__init__.pyi` are the public interface; each is loaded when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
