"""What was said: read an official page into a Transcript, and spell it the way it is spoken."""
