"""Scoring: lines in doubt are looked for with their known text, without a word being recognised."""
