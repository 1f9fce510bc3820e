"""Text on the clock: engines, anchors, forced alignment, confidence; the Alignment document."""
