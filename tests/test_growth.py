"""The worst input for whatever reads a text that people type or paste."""

from contextlib import suppress

import pytest
from django.core.exceptions import SuspiciousOperation, ValidationError

from performance.rules import typed_figures
from recommendations.rules import consistency, prose
from recommendations.selectors import search
from recommendations.services.comments import MENTION
from reports.documents.telaah_staf.word import guard as letters
from reports.documents.telaah_staf.word import sandbox
from reports.renderers import richtext as printed
from reports.rules import memo_consistency
from sakip import dates, notation, numbers, richtext
from sakip.uploads.archive import ArchiveRefused
from sakip.uploads.office_xml import Fields
from tests.growth import WORST, ends, much
from tests.reports.test_word_template_guard import written
from tests.reports.word_templates import repacked, upload

TEXTS = WORST | {
    "words": much("sd", end=" -"),
    "mentions": much("@a."),
    "proposals": much("akan "),
    "braces": much("{{p "),
    "open braces": much(" ", start="{{p "),
    "angles": much("<"),
    "open paragraphs": much("<p"),
    "letters": much("a. X "),
    "lists": much("<ul><li>"),
    "tables": much("<table><tr><td>a"),
    "rows left open": much("<tr><td>a", start="<table>"),
    "wide cells": much("<td colspan=12 rowspan=200>", start="<table><tr>"),
    "bars": much("| a ", end="|"),
    "rules": much("|---", start="| a |\n"),
    "marks left open": "".join(f'<p><b id="{n}">a</p>' for n in range(5_000)),
    "marked-up paragraphs": "".join(f'<b id="{n}">' for n in range(5_000)) + "<p>x</p>" * 10_000,
}
MEMO = [memo_consistency.Item(1, "a", ("x",), "open")]
READERS = {
    "figure": typed_figures.read_figure,
    "plan": typed_figures.read_plan,
    "number": numbers.parse_number,
    "date": dates.parse_date,
    "search": search.words,
    "plain text": richtext.plain_text,
    "rich text": lambda text: richtext.RichTextField().formfield().clean(text),
    "printed text": printed.plain,
    "proposal": consistency.PROPOSAL.findall,
    "typed lines": notation.normal,
    "prose": lambda text: list(prose.faults(text)),
    "letters of a memo": lambda text: list(memo_consistency.letters(text, MEMO)),
    "statuses of a memo": lambda text: list(memo_consistency.statuses(text, MEMO)),
    "mention": MENTION.findall,
    "template": lambda text: sandbox.without_misspelt(text, {}),
    "field of a template": lambda text: Fields(letters.FIELDS, frozenset(), True)._check_code(text),
}


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_of_a_text_reads_it_once(reader):
    def read_all():
        for text in TEXTS.values():
            with suppress(ValueError, ValidationError, SuspiciousOperation, ArchiveRefused):
                READERS[reader](text)

    assert ends(read_all)


@pytest.mark.parametrize(
    "piece",
    ['<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "<w:r><w:instrText>a</w:instrText></w:r>"],
)
def test_a_template_of_many_fields_is_looked_at_once(piece):
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE {}</w:instrText></w:r>'
    )
    xml = f"<w:p>{start.format('x' * 1_000_000)}{piece * 20_000}</w:p>"
    file = upload(repacked(written(xml)))
    assert ends(lambda: letters.check(file))
