"""The name of a record outside its own page: with its body and year where the reader needs them."""

from abc import abstractmethod


class PlacedName:
    """A mixin for models whose names repeat in every body, such as “Renaksi 3.a”."""

    @abstractmethod
    def place(self, *, with_body=True) -> str:
        """Returns the body and the year, as in “Dinas Pariwisata · LHE 2023”; "" when there is neither."""

    @property
    def full_name(self) -> str:
        return self._named(self.place())

    def named_for(self, reader) -> str:
        """The full name, without the body for a reader who has only one. One query per reader."""
        return self._named(self.place_for(reader))

    def place_for(self, reader) -> str:
        """The body and the year; the year alone for a reader who has only one body."""
        return self.place(with_body=not reader.has_one_body)

    def _named(self, place):
        return f"{self} · {place}" if place else str(self)
