"""Captions: an Alignment becomes cues, cues become SRT and WebVTT."""
