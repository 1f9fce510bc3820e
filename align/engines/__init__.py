"""Recognisers: each hears words in a recording, biased to the transcript."""
