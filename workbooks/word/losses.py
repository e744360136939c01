"""Remarks of the reader about something that is left out, apart from those about how it was understood."""


class Loss(str):
    """A sentence about something of the file that is left out."""

    __slots__ = ()


def of(remarks: list[str]) -> list[str]:
    """Which of the remarks are losses, as they are stored beside the remarks."""
    return [str(one) for one in remarks if isinstance(one, Loss)]


def told_apart(remarks: list[str], lost: list[str]) -> list[str]:
    """The stored remarks again, with the losses among them."""
    return [Loss(one) if one in lost else one for one in remarks]
