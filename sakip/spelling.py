"""Words as they are compared: without case and accents."""

import unicodedata

# Sorting the accents of one letter takes the square of their number: no letter has so many.
STRETCH = 100


def bare(text: str) -> str:
    """Lower case, letters without accents, ligatures and raised digits as plain ones."""
    if text.isascii():
        return text.lower()
    return "".join(_bare(text[at : at + STRETCH]) for at in range(0, len(text), STRETCH))


def _bare(text):
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
