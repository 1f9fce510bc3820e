"""What the words of a sentence are, as far as a captioner has to know it."""
