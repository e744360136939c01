"""Tables within a rich text: made regular, written as lines, framed for pages."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from recommendations.models import Note, Step
from sakip import notation
from sakip.richtext import RichTextField, clean, in_places, plain_text
from sakip.text_tables import MOST_COLUMNS, MOST_ROWS, framed, tidied

HEAD = '<thead><tr><th scope="col"><p>Indikator</p></th><th scope="col"><p>Target</p></th></tr></thead>'
BODY = "<tbody><tr><td><p>IKU 1</p></td><td><p>87,5</p></td></tr></tbody>"
TABLE = f"<table>{HEAD}{BODY}</table>"


def row(*cells):
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def body(*rows):
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def p(text):
    return f"<p>{text}</p>"


FORM = RichTextField().formfield()


def test_a_regular_table_stays_as_it_is():
    assert FORM.clean(f"<p>Berikut:</p>{TABLE}") == f"<p>Berikut:</p>{TABLE}"
    assert clean(TABLE) == TABLE


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        # a head that the editor writes, and one of Word
        ("<table><tr><th>Indikator</th><th>Target</th></tr>" + row("IKU 1", "87,5") + "</table>", TABLE),
        ("<table><thead>" + row("Indikator", "Target") + "</thead>" + row("IKU 1", "87,5") + "</table>", TABLE),
        # what Word and Excel put around and into it
        (
            '<table class="MsoTableGrid" style="mso-yfti-tbllook:1184"><colgroup><col width="64"></colgroup>'
            '<tr style="mso-yfti-irow:0"><td width="64" x:num="1"><p class="MsoNormal">a<o:p></o:p></p></td><td>b</td></tr></table>',
            body(row(p("a"), p("b"))),
        ),
        ("<table><caption>Tabel 1</caption><tr><td>a</td><td>b</td></tr></table>", p("Tabel 1") + body(row(p("a"), p("b")))),
        ("<table><tr><td>a<td>b<tr><td>c</table>", body(row(p("a"), p("b")), row(p("c"), ""))),
        # the layout of a text
        ("<table><tr><td><p>Satu</p><p>dua</p></td></tr></table>", "<p>Satu</p><p>dua</p>"),
        # nothing to read
        ("<p>x</p><table></table>", "<p>x</p>"),
        ("<p>x</p><table><tr><td>&nbsp;</td><td><p></p></td></tr></table>", "<p>x</p>"),
        # within others
        (
            "<table><tr><td>a<table><tr><td>1</td><td><em>2</em></td></tr></table></td><td>b</td></tr></table>",
            body(row(p("a") + p("1 | <em>2</em>"), p("b"))),
        ),
        (f"<ul><li><p>a</p>{TABLE}</li></ul>", f"<ul><li><p>a</p>{TABLE}</li></ul>"),
        # dangerous
        ('<table onclick="x()"><tr><td style="position:fixed">a</td><td><script>alert(1)</script>b</td></tr></table>', body(row(p("a"), p("b")))),
    ],
)  # fmt: skip
def test_what_is_pasted_becomes_regular(pasted, kept):
    assert FORM.clean(pasted) == kept


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ('<td colspan="1000000">a</td>', '<td colspan="2"><p>a</p></td>'),
        ('<td rowspan="1000000">a</td><td>b</td>', '<td rowspan="2"><p>a</p></td><td><p>b</p></td>'),
        ('<td colspan="-1" rowspan="x">a</td><td>b</td>', "<td><p>a</p></td><td><p>b</p></td>"),
        ('<td colspan="0">a</td><td>b</td>', "<td><p>a</p></td><td><p>b</p></td>"),
    ],
)  # fmt: skip
def test_a_span_that_lies_makes_nothing_larger(cells, kept):
    below = "<td>c</td>" if 'rowspan="2"' in kept else "<td>c</td><td>d</td>"
    assert FORM.clean(f"<table><tr>{cells}</tr><tr>{below}</tr></table>").startswith(
        f"<table><tbody><tr>{kept}</tr>"
    )


def test_a_span_ends_where_another_cell_begins():
    pasted = (
        '<table><tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="2">c</td></tr></table>'
    )
    assert FORM.clean(pasted) == (
        '<table><tbody><tr><td><p>a</p></td><td rowspan="2"><p>b</p></td></tr><tr><td><p>c</p></td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    "rows", [[["a"] * (MOST_COLUMNS + 1)], [["a", "b"]] * (MOST_ROWS + 1)], ids=["wide", "long"]
)
def test_a_table_that_is_too_large_is_refused_in_words_and_elsewhere_written_as_lines(rows):
    table = f"<table>{''.join(row(*cells) for cells in rows)}</table>"
    with pytest.raises(ValidationError, match="paling banyak 12 kolom dan 200 baris"):
        FORM.clean(table)
    note = Note(text=table)
    note.clean_fields(exclude=["recommendation"])
    assert note.text == "".join(p(" | ".join(cells)) for cells in rows)


def test_the_largest_one_is_taken():
    table = f"<table>{row(*'abcdefghijkl') * 150}</table>"
    assert FORM.clean(table).count("<tr>") == 150


PIECES = st.sampled_from(
    [
        "<table>", "</table>", "<tr>", "</tr>", "<td>", '<td colspan="3">', '<td rowspan="2">', "</td>", "<th>", "</th>",
        "<thead>", "</thead>", "<p>", "</p>", "<ul><li>", "</li></ul>", "<em>", "</em>", "<br>", "kata ", "&amp;", "<caption>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_is_pasted_is_made_regular_at_once(pasted):
    once = clean(pasted)
    assert clean(once) == once
    assert once.count("<table>") == once.count("</table>") and "<table" not in once.replace(
        "<table>", ""
    )
    assert plain_text(pasted).replace(" ", "").count("kata") == pasted.count("kata")
    assert plain_text(once).count("kata") == pasted.count("kata")


# ── As text ─────────────────────────────────────────────────────────────────────────────────────
MERGED = (
    '<table><tbody><tr><td rowspan="2"><p>a</p></td><td><p>b</p><ul><li><p>c</p></li></ul></td></tr>'
    "<tr><td><p><strong>d</strong></p></td></tr></tbody></table>"
)


def test_as_plain_text_a_row_is_a_line():
    assert plain_text(f"<p>Berikut:</p>{TABLE}<p>Selesai.</p>") == (
        "Berikut:\nIndikator | Target\nIKU 1 | 87,5\nSelesai."
    )
    assert plain_text(MERGED) == "a | b c\nd"
    assert Step(text=TABLE).get_text_excerpt(words=4) == "Indikator | Target IKU ..."


def test_a_sentence_is_found_in_its_cell():
    assert "".join(sign for sign, *_ in in_places(TABLE)) == "Indikator\nTarget\nIKU 1\n87,5\n"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            f"<p>Berikut:</p>{TABLE}",
            "Berikut:\n| Indikator | Target |\n|---|---|\n| IKU 1 | 87,5 |",
        ),
        (body(row(p("<em>a</em>|b"), "")), "| _a_\\|b | |"),
        ("<p>| bukan tabel |</p>", "\\| bukan tabel |"),
    ],
)
def test_as_typed_lines_and_back(html, text):
    assert notation.from_html(html) == text
    assert notation.to_html(text) == html


def test_merged_cells_are_typed_as_empty_ones():
    text = notation.from_html(MERGED)
    assert text == "| a | b c |\n| | *d* |"
    assert notation.normal(text) == text


def test_a_single_cell_between_bars_is_a_paragraph():
    assert notation.to_html("| a |") == "<p>a</p>"


# ── On a page ───────────────────────────────────────────────────────────────────────────────────
def test_a_table_on_a_page_scrolls_in_a_frame_with_a_name():
    html = framed(f"<p>x</p>{TABLE}{MERGED}<p>y</p>")
    assert html.count('<div class="text-table-frame" role="group" tabindex="0"') == 2
    assert 'aria-label="Tabel: Indikator, Target"' in html
    assert html.count("</table></div>") == 2 and html.endswith("<p>y</p>")
    assert tidied(clean(html)) == f"<p>x</p>{TABLE}{MERGED}<p>y</p>"


def test_a_name_holds_no_markup_and_is_cut_at_a_word():
    words = 'kata &amp; "kutip" ' * 20
    name = framed(body(row(p(words), p("b")))).partition('aria-label="')[2].partition('"')[0]
    assert name.startswith("Tabel: kata &amp; &quot;kutip&quot;") and name.endswith(" …")
    assert len(name) < 120 and "<" not in name
