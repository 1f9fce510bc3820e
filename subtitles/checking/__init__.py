"""Captions and a style: what in them breaks it, how that is mended, and how it is reported."""
