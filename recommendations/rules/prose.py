"""Faults in running text (docs/design.md §2.6). Each check yields the code of a rule and its figures."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.html import strip_tags

from recommendations.rules.grades import grade_bounds
from sakip.numbers import NumberError, format_number, own_places, parse_number

Fault = tuple[str, dict[str, str]]

_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
INTERVAL = re.compile(
    rf"\b(AA|A|BB|B|CC|C|D)\s*[(\[]\s*(>|di atas|lebih dari)?\s*({_NUMBER})\s*"
    rf"(?:-|–|—|s\.?\s?d\.?|sampai(?: dengan)?)\s*({_NUMBER})\s*[)\]]"
)
MINUS = re.compile(rf"\bnilai\s+minus\s+({_NUMBER})", re.IGNORECASE)
# A sentence does not end with these words.
UNFINISHED = re.compile(
    r"(?:,|\b(?:adalah|agar|akan|antara|atas|atau|bagi|bahwa|dalam|dan|dari|dengan|di|guna|karena|ke|"
    r"kepada|khususnya|maupun|melalui|meliputi|menurut|misalnya|oleh|pada|sebagai|sehingga|serta|"
    r"supaya|tentang|terhadap|untuk|yaitu|yakni|yang))$",
    re.IGNORECASE,
)
PARAGRAPH = re.compile(
    r"</?(?:p|li|ul|ol|table|thead|tbody|tr|th|td)\b[^<>]*>|<br\s?/?>", re.IGNORECASE
)
OPENINGS = ("<ul", "<ol", "<table")
SHOWN = 60  # characters of a broken sentence


def faults(html: str, *, goes_on=False) -> Iterator[Fault]:
    """Yields the faults of one text. `goes_on`: a list or a table follows the text."""
    text = " ".join(paragraphs(html))
    yield from intervals(text)
    yield from minus_scores(text)
    yield from broken_sentences(html, goes_on=goes_on)


def intervals(text: str) -> Iterator[Fault]:
    """Grades whose interval includes its low bound, or has other bounds."""
    for found in INTERVAL.finditer(text):
        grade = grade_bounds(found[1])
        low, high = _figure(found[3]), _figure(found[4])
        just_above = grade.low + Decimal("0.01")
        is_above = bool(found[2]) or grade.low == 0
        fits = low == just_above or (low == grade.low and is_above)
        if not fits or high != grade.high:
            yield (
                "grade-interval",
                {"printed": _tidy(found[0]), "grade": grade.code, "computed": _in_words(grade)},
            )


def minus_scores(text: str) -> Iterator[Fault]:
    for found in MINUS.finditer(text):
        yield "minus-score", {"printed": _tidy(found[0]), "figure": found[1]}


def broken_sentences(html: str, *, goes_on=False) -> Iterator[Fault]:
    """Paragraphs that end in the middle of a sentence. One before a list or a table goes on there; what stands
    in a table is no sentence.
    """
    if goes_on:
        html += "<ul>"
    parts = PARAGRAPH.split(html)
    tags = PARAGRAPH.findall(html)
    in_table = False
    for place, text in enumerate(parts):
        if place:
            tag = tags[place - 1].lower()
            in_table = tag.startswith("<table") or (in_table and tag != "</table>")
        ends = "" if in_table else _tidy(strip_tags(text))
        opens = any(tag.lower().startswith(OPENINGS) for tag in tags[place : place + 2])
        if ends and not opens and UNFINISHED.search(ends):
            yield "broken-sentence", {"ending": ending(ends)}


def ending(text: str) -> str:
    """The last words, as they are quoted."""
    return text if len(text) <= SHOWN else f"… {text[-SHOWN:].partition(' ')[2]}"


def opening(text: str) -> str:
    """The first words, as they are quoted."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rpartition(' ')[0]} …"


def paragraphs(html: str) -> list[str]:
    """The texts of paragraphs and list items."""
    return [text for part in PARAGRAPH.split(html) if (text := _tidy(strip_tags(part)))]


def _figure(text):
    try:
        return parse_number(text)
    except NumberError:
        return None


def _in_words(grade):
    low, high = (format_number(value, own_places(value)) for value in (grade.low, grade.high))
    return f"{low} sampai {high}" if grade.low == 0 else f"di atas {low} sampai {high}"


def _tidy(text):
    return " ".join(text.split())
