"""Functions whose modules are imported when they are called, so that nobody waits for what others need."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, function: str) -> Callable[[Any], Any]:
    """Return the function of one argument with this name in a module, which it imports first when it is called.

    Examples:
        >>> late("math", "sqrt")(9)
        3.0

    """

    def call(argument: Any) -> Any:
        return getattr(import_module(module), function)(argument)

    return call
