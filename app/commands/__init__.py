"""The commands: each parses its options, calls one job and prints what came of it."""
