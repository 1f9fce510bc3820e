"""Clips as media files: cut, encoded or copied, with captions in the picture, or as audiograms."""
