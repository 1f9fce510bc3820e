"""What was said: read an official page into a Transcript, and spell it the way it is spoken.

What is named in `__init__.pyi` is the public interface, loaded when it is used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
