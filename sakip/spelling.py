"""Converts words for comparison: without case and accents."""

import re
import unicodedata

# The time to sort the accents of one letter grows with the square of their number, so we limit it. No real
# letter has so many.
STRETCH = 100
LONGEST_WORD = 60


def bare(text: str) -> str:
    """The text in lower case, without accents; ligatures and raised digits become plain characters."""
    if text.isascii():
        return text.lower()
    return "".join(_bare(text[at : at + STRETCH]) for at in range(0, len(text), STRETCH))


def _bare(text):
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a text as texts are compared, each once, in the order of the text."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", bare(text))))
