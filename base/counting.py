"""Numbers with their nouns, for messages."""


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, which takes an s where `many` does not say otherwise.

    Examples:
        >>> counted(1, "caption"), counted(0, "caption"), counted(2, "stretch", "stretches")
        ('1 caption', '0 captions', '2 stretches')

    """
    return f"{number} {one if number == 1 else many or one + 's'}"
