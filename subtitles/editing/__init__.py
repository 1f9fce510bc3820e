"""Captions that a person changed by hand: kept apart from the style, and applied again to each new alignment."""
