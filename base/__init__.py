"""What every package stands on: spans of time, files, progress, processes, errors."""
