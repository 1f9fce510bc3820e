"""Spoken forms: the words heard for each token of a line."""
