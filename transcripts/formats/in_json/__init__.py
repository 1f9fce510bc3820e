"""Transcripts in JSON: of speech services, Whisper, podcasts and oTranscribe."""
