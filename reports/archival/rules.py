"""The rules that a file of ours must keep, each with its clause and the claims that fall with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from reports.archival import colours, document, fonts, structure

A, UA = "PDF/A", "PDF/UA"
MOST_NESTED = 28  # q inside q (ISO 19005-3, 6.1.13)


class Part(IntEnum):
    """What is checked: a whole file; some pages of a file; the feet that are put on its pages as pictures."""

    WHOLE = 0
    PIECE = 1
    FEET = 2


@dataclass(frozen=True)
class ClaimRule:
    """`find(reading)` yields what breaks the rule, in words for the log. `down_to` is the smallest part of
    which it can be asked: one that is about the file cannot be asked of some of its pages.
    """

    clause: str
    claims: tuple[str, ...]
    find: Callable[..., Iterable[str]]
    down_to: Part = Part.PIECE


def broken(reading, part: Part = Part.WHOLE) -> Iterator[tuple[ClaimRule, str]]:
    """Yields each broken rule with the first thing that breaks it."""
    for rule in RULES:
        if rule.down_to < part:
            continue
        for words in rule.find(reading):
            yield rule, words
            break


def _content_is_marked(reading):
    yield from sorted(reading.drawn.unmarked)


def _marks_are_not_mixed(reading):
    yield from sorted(f"artifacts and tags inside each other on {at}" for at in reading.drawn.mixed)


def _nesting_is_flat(reading):
    if reading.drawn.deepest > MOST_NESTED:
        yield f"{reading.drawn.deepest} graphics states inside each other"


BOTH = (A, UA)  # level A of PDF/A asks for tags too
RULES = (
    ClaimRule("ISO 19005-3, 6.1.3 and 6.1.13", (A,), document.file_is_open, Part.FEET),
    ClaimRule("ISO 19005-3, 6.1.7", (A,), document.streams_are_inside, Part.FEET),
    ClaimRule("ISO 19005-3, 6.1.13", (A,), _nesting_is_flat, Part.FEET),
    ClaimRule("ISO 19005-3, 6.1.13", (A,), structure.strings_are_short),
    ClaimRule("ISO 19005-3, 6.2.3", (A,), colours.there_is_one_output_intent),
    ClaimRule("ISO 19005-3, 6.2.4", (A,), colours.only_its_colours_are_drawn, Part.FEET),
    ClaimRule("ISO 19005-3, 6.2.4", (A,), colours.pictures_have_its_colours, Part.FEET),
    ClaimRule("ISO 19005-3, 6.2.6", (A,), colours.intents_are_known, Part.FEET),
    ClaimRule("ISO 19005-3, 6.2.8", (A,), colours.pictures_are_plain, Part.FEET),
    ClaimRule("ISO 19005-3, 6.2.9", (A,), colours.forms_are_plain, Part.FEET),
    ClaimRule("ISO 19005-3, 6.2.5 and 6.2.10", (A,), colours.transparency_is_known, Part.FEET),
    ClaimRule("ISO 19005-3, 6.2.11, and ISO 14289-1, 7.21", BOTH, fonts.fonts_are_whole, Part.FEET),
    ClaimRule("ISO 19005-3, 6.3", (A,), document.notes_are_printed, Part.FEET),
    ClaimRule("ISO 19005-3, 6.4, 6.5, 6.10 and 6.11", BOTH, document.nothing_acts, Part.FEET),
    ClaimRule("ISO 19005-3, 6.6", (A,), document.it_says_pdf_a),
    ClaimRule("ISO 19005-3, 6.7.2", BOTH, document.it_is_tagged),
    ClaimRule("ISO 19005-3, 6.7.3", BOTH, structure.is_rooted),
    ClaimRule("ISO 19005-3, 6.7.3.4", BOTH, structure.types_are_standard),
    ClaimRule("ISO 19005-3, 6.7.4", BOTH, document.language_is_known),
    ClaimRule("ISO 19005-3, 6.8", BOTH, document.attachments_have_their_relation),
    ClaimRule("ISO 19005-3, 6.9", BOTH, document.layers_are_named),
    ClaimRule("ISO 14289-1, 5", (UA,), document.it_says_pdf_ua, Part.WHOLE),
    ClaimRule("ISO 14289-1, 7.1", BOTH, _content_is_marked),
    ClaimRule("ISO 14289-1, 7.1", BOTH, _marks_are_not_mixed),
    ClaimRule("ISO 14289-1, 7.1", BOTH, structure.content_belongs_to_tags),
    ClaimRule("ISO 14289-1, 7.1", (UA,), document.title_is_shown),
    ClaimRule("ISO 14289-1, 7.2", (UA,), structure.tags_are_nested),
    ClaimRule("ISO 14289-1, 7.2", (UA,), structure.tables_have_one_head),
    ClaimRule("ISO 14289-1, 7.2", (UA,), structure.rows_are_equally_long),
    ClaimRule("ISO 14289-1, 7.3", BOTH, structure.pictures_are_described),
    ClaimRule("ISO 14289-1, 7.4.2", (UA,), structure.headings_are_in_order, Part.WHOLE),
    ClaimRule("ISO 14289-1, 7.5", (UA,), structure.heads_say_of_what),
    ClaimRule("ISO 14289-1, 7.18", (UA,), document.links_are_tagged),
)
