"""Quotes to clips: a quote is found, cut in the pauses around it, listed for editors, and rendered with captions.

What is named in `__init__.pyi` is the public interface, loaded when it is used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
