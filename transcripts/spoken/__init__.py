"""Spoken forms: what is heard for each token of a line."""
