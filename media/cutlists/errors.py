"""Errors of cut-lists."""

from __future__ import annotations

from asdelivered.media.errors import MediaError


class CutListError(MediaError):
    """A cut-list can't be written. The message says why and what to do."""
