"""Align many events: jobs, each in a process of its own, on this machine or on an existing cluster."""
