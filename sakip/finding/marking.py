"""Shows where the words stand that somebody looked for. Pure."""

import re

from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sakip.spelling import bare

WORD = re.compile(r"[^\W_]+")
LENGTH, BEFORE = 150, 40  # characters of an excerpt, and those in front of the first word found


def marked(text: str, asked) -> SafeString:
    """The text, escaped, with the beginnings of its words that were looked for within <mark>."""
    parts, at = [], 0
    for start, end in _places(text, asked):
        parts += [(conditional_escape(text[at:start]), text[start:end])]
        at = end
    marks = format_html_join("", "{}<mark>{}</mark>", parts)
    return mark_safe(f"{marks}{conditional_escape(text[at:])}")  # noqa: S308  both parts are escaped


def excerpt(texts, asked) -> str:
    """A piece of the first text that has one of the words, around it; else the beginning of the first text."""
    lines = [line for text in texts if (line := " ".join(text.split()))]
    for line in lines:
        if (place := next(_places(line, asked), None)) is not None:
            return _cut(line, max(0, place[0] - BEFORE))
    return _cut(lines[0], 0) if lines else ""


def _cut(line, start):
    if len(line) <= LENGTH:
        return line
    start = min(start, len(line) - LENGTH)
    if start:
        start = line.find(" ", start, start + BEFORE) + 1 or start
    end = start + LENGTH
    if end < len(line):
        end = line.rfind(" ", start + BEFORE, end) if " " in line[start + BEFORE : end] else end
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def _places(text, asked):
    if not asked:
        return
    for found in WORD.finditer(text):
        plain = bare(found[0])
        lengths = [len(word) for word in asked if plain.startswith(word)]
        if lengths:
            # An accent or a ligature may change the length: then the whole word is marked.
            same = len(plain) == len(found[0])
            yield found.start(), found.start() + max(lengths) if same else found.end()
