"""Words become cues: which words stand together, on which lines, with which labels and sounds, and when."""
