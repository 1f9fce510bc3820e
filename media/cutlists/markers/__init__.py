"""Lists of markers: the clips as places in the whole recording, for programs of sound and picture."""
