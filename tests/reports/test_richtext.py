import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText

from reports.renderers import FORMATS, render
from reports.renderers.richtext import excel, plain, runs
from reports.tables.table import Prose
from sakip.richtext import clean
from tests.reports import samples
from tests.reports.reading import words


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Satu</p><p>dua<br>tiga</p>", "Satu\ndua\ntiga"),
        (samples.LETTERS, "Supaya:\na. memberi reward;\nb. menata."),
        (samples.FROM_D, "d. mengukur;\ne. melapor."),
        (samples.STEPS, "a. (1) memilih;\n    (2) memberi."),
        ('<ol start="3"><li>c</li><li>d</li></ol>', "3. c\n4. d"),
        ('<ol type="I"><li>c</li><li value="4">d</li></ol>', "I. c\nIV. d"),
        ("<ul><li><p>luar</p><ul><li>dalam</li></ul></li></ul>", "• luar\n    • dalam"),
        ("<ol><li><p>satu</p><p>lanjutan</p></li><li></li></ol>", "1. satu\n    lanjutan\n2. "),
        (
            samples.TABLE,
            "Rinciannya:\nKegiatan | Target\nRapat monev | TW I | 4 kali\nTW II | 8 kali\nSelesai.",
        ),
        (
            f"<ol><li>{samples.TABLE}</li></ol>",
            "1. Rinciannya:\n    Kegiatan | Target\n    Rapat monev | TW I | 4 kali\n    TW II | 8 kali\n    Selesai.",
        ),
        ("<li>tanpa daftar</li>", "• tanpa daftar"),
        ("a &lt; b &amp;\n   c", "a < b & c"),
    ],
)
def test_plain_text(html, text):
    assert plain(html) == text


def test_italic_and_bold_are_kept():
    assert runs("<p>beri <em>reward</em>, <strong>segera</strong></p>") == [
        ("beri ", False, False),
        ("reward", False, True),
        (", ", False, False),
        ("segera", True, False),
    ]


def test_excel_text_is_rich_only_where_needed():
    assert excel("<p>biasa</p>", font="Arial", size=10) == "biasa"
    rich = excel("<p><em>reward</em></p>", font="Arial", size=10)
    assert isinstance(rich, CellRichText)
    assert rich[0].font.i


def test_excel_text_too_long_for_a_cell_is_plain():
    assert isinstance(excel("<em>" + "a" * 40_000 + "</em>", font="Arial", size=10), str)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script>x", "x"),
        ('<p onclick="x()" style="color:red">x</p>', "<p>x</p>"),
        ('<img src="file:///etc/passwd">x', "x"),
        ('<ol type="a" class="steps fixed"><li value="4">x</li></ol>', None),
        ('<li value="-1">x</li>', "<li>x</li>"),
        ('<ol start="99999999"><li>x</li></ol>', "<ol><li>x</li></ol>"),
        ("a\x00b\x1f\ufffec", "abc"),
    ],
)
def test_only_the_small_rich_text_survives(html, kept):
    assert clean(html) == (kept or '<ol type="a" class="steps"><li value="4">x</li></ol>')


@given(st.text(st.sampled_from('<>/="abcoliupemstrong 1\x00\ufffe&;\n')))
def test_no_markup_makes_it_stumble(html):
    assert "\x00" not in plain(html)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_hundred_lists_within_each_other_are_printed(format_name):
    """Such texts were taken once; a page of them ended Python's stack."""
    text = "<ul><li><p>luar</p>" * 100 + "<em>" * 300 + "dalam" + "</em>" * 300 + "</li></ul>" * 100
    report = samples.report(samples.table([samples.row(text=text)]), Prose("Catatan", text))
    found = words(render(report, format_name), format_name)
    assert found.count("luar") >= 100
    assert "dalam" in found
