"""What people see in a terminal: text, progress, summaries."""
