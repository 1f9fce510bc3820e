"""`python -m asdelivered` is the command `asdelivered`."""

from asdelivered.app.main import main

main()
