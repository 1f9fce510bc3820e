"""Errors of cut-lists."""

from __future__ import annotations

from asdelivered.media.errors import MediaError


class CutListError(MediaError):
    """A cut-list could not be written. The message says why and what to do."""
