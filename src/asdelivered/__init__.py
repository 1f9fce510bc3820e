"""Aligns an event's official transcript with its recording: captions, quotes, clips.

Each package is a folder at the top of the repository: `asdelivered.align` is `align/`.
"""

__version__: str


def __getattr__(name: str) -> str:
    if name != "__version__":
        raise AttributeError(f"module 'asdelivered' has no attribute {name!r}")
    # Looked up when asked for: it takes longer than the rest of the import.
    from importlib.metadata import version

    return version("asdelivered")
