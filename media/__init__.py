"""The recording: opened, decoded, searched for speech; timecode, cut-lists, rendering.

What is named in `__init__.pyi` is the public interface, loaded when it is used.
"""

import lazy_loader

from asdelivered.base.span import TimeSpan

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["TimeSpan"]
