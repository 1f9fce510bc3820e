"""Caption files, parsed once for everyone: a page's words are read from them, and so are cues with times."""
