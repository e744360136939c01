"""The sentence at the top of a first page, in parts: what is strong, what is bad, what opens its rows."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class SentencePart:
    """A part of the sentence. `url` opens what it counts; a bad one is shown in the colour of warnings."""

    text: str
    url: str = ""
    is_strong: bool = False
    is_bad: bool = False


def text_of(parts: Iterable[SentencePart]) -> str:
    return "".join(part.text for part in parts)
