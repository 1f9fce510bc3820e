"""The recording: probe, decode, speech activity."""
