"""An observer that keeps the notes that it is given."""

from asdelivered.base.progress import Observer


class NoteTaker(Observer):
    """Keeps the notes, in order."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def noted(self, message: str) -> None:
        """Keep a note."""
        self.notes.append(message)
