"""Helpers that put words together for drafted letters."""

from django.utils.html import format_html, format_html_join

from sakip.numbers import format_number, movement

MOVES = {sign: movement(sign, "tidak berubah") for sign in (1, -1, 0)}


def about(facts):
    return of_components(facts.about)


def of_components(names):
    return f"komponen {listed(names)}"


def size(change):
    return format_number(abs(change.difference))


def moved_by(change):
    return MOVES[change.direction] + (f" {size(change)}" if change.direction else "")


def listed(items):
    """Returns “a”, “a dan b”, or “a, b, dan c”."""
    *first, last = items or [""]
    if len(first) > 1:
        return f"{', '.join(first)}, dan {last}"
    return f"{first[0]} dan {last}" if first else last


def paragraphs(sentences):
    return format_html_join("", "<p>{}</p>", ((text,) for text in sentences if text))


def bullets(sentences):
    items = format_html_join("", "<li><p>{}</p></li>", ((text,) for text in sentences if text))
    return format_html("<ul>{}</ul>", items) if items else ""
