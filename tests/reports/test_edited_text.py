"""A sentence is found again in a text that people edited, and only it is replaced."""

import pytest

from reports.rules.telaah_staf_sentences import (
    ChangedFigure,
    EditedText,
    changed_figures,
    marked,
    still_prints,
)
from sakip.richtext import in_places

ONE, TWO = "Nilai naik 2,00 & tetap baik.", "Ada 3 (tiga) rencana aksi."


@pytest.mark.parametrize(
    ("html", "after"),
    [
        (f"<p>{ONE} {TWO}</p>", f"<p>{TWO}</p>"),
        ("<p>Nilai naik 2,00 &amp; tetap baik.</p><p>Lain.</p>", "<p>Lain.</p>"),
        ("<ul><li><p>Nilai naik&nbsp;2,00 &amp; tetap\nbaik.</p></li></ul>", ""),
        ("<p>Ini: <em>Nilai naik</em> 2,00 &amp; tetap <strong>baik.</strong></p>", "<p>Ini: <em></em><strong></strong></p>"),
    ],
)  # fmt: skip
def test_a_sentence_is_taken_out_and_nothing_else(html, after):
    text = EditedText(html)
    found = text.find(ONE)
    assert not found.is_own and found.words == ONE
    assert text.replaced(found, "").replace("<p> ", "<p>") == after


def test_a_mark_that_reaches_over_the_end_stays_whole():
    text = EditedText(f"<p><em>{ONE} Lalu</em> lain.</p>")
    assert text.replaced(text.find(ONE), "Nilai <3.") == "<p><em>Nilai &lt;3. Lalu</em> lain.</p>"


def test_another_sentence_of_the_program_is_not_taken_for_it():
    text = EditedText("<p>Nilai A sebesar 2,00.</p><p>Nilai B kini sebesar 2,00.</p>")
    assert text.find("Nilai B sebesar 2,00.", ["Nilai A sebesar 2,00."]).words == (
        "Nilai B kini sebesar 2,00."
    )
    assert EditedText("<p>Sama sekali lain.</p>").find("Nilai B sebesar 2,00.") is None


def test_the_words_are_marked_between_the_tags():
    html = "<p>Ini: <em>Nilai naik</em> 2,00 &amp; tetap baik. Lalu.</p>"
    assert marked(html, [ONE]) == (
        "<p>Ini: <em><mark>Nilai naik</mark></em><mark> 2,00 &amp; tetap baik.</mark> Lalu.</p>"
    )


@pytest.mark.parametrize(
    ("words", "prints"),
    [
        ("Baru 3 dari 3 yang selesai.", True),
        ("Baru 2 dari 3 yang selesai.", False),  # today's sentence has one 3 as well
        ("Ada 3 (tiga) dari 3 yang selesai.", True),
        ("Nilai 3,5 dari 13.", False),
    ],
)
def test_an_old_figure_counts_where_today_has_none(words, prints):
    figures = [ChangedFigure("jumlah", "3 (tiga)", "2 (dua)")]
    assert still_prints(words, figures, "Sebanyak 2 (dua) dari 3.") is prints


def test_figures_come_and_go():
    old, now = {"figures": {"a": "1", "b": "2"}}, {"figures": {"b": "2", "c": "3"}}
    assert changed_figures(old, now) == [ChangedFigure("a", "1", ""), ChangedFigure("c", "", "3")]
    assert [row.new for row in changed_figures(old, None)] == ["", ""]


def test_every_sign_knows_its_place():
    html = "<p>A &amp; B</p>\n<p>C</p>"
    assert "".join(sign for sign, *_ in in_places(html)) == "A & B\nC\n"
    assert all(html[start:end] in (sign, "&amp;", "</p>") for sign, start, end in in_places(html))
