"""Which of a recording's tracks and channels is aligned."""
