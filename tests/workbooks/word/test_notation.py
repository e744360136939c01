"""The small rich text as lines that people can type."""

import pytest

from sakip import notation

PAIRS = [
    ("<p>Beri <em>reward</em>.</p>", "Beri _reward_."),
    ("<p>(<em>refocusing</em>) <strong>tebal</strong></p>", "(_refocusing_) *tebal*"),
    ("<p><strong><em>dua</em></strong></p>", "*_dua_*"),
    ('<p>Satu</p><p>Dua &lt;3 &amp; "kutip"</p>', 'Satu\nDua <3 & "kutip"'),
    ("<p>Teks</p><ul><li><p>a</p></li><li><p>b</p></li></ul>", "Teks\n- a\n- b"),
    ("<ol><li><p>a</p></li><li><p>b</p></li></ol><p>c</p>", "1. a\n2. b\nc"),
    ("<p>3,51* saja</p>", "3,51* saja"),
    ("<p>a*b*c dan d_e_f</p>", r"a\*b\*c dan d\_e\_f"),
    (r"<p>garis \ miring</p>", r"garis \\ miring"),
    ("<ol><li><p>a <em>b</em></p></li><li><p>c</p></li></ol>", "1. a _b_\n2. c"),
    ("", ""),
]


@pytest.mark.parametrize(("html", "text"), PAIRS)
def test_both_ways(html, text):
    assert notation.from_html(html) == text
    assert notation.to_html(text) == html


def test_html_that_somebody_types_is_text():
    assert notation.to_html("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_spaces_stay_outside_of_marks():
    assert notation.mark(
        [("Beri", False, False), (" reward ", True, False), ("x", False, False)]
    ) == ("Beri _reward_ x")


def test_neighbours_of_one_kind_have_one_mark():
    assert notation.mark([("a", True, False), (" ", False, False), ("b", True, False)]) == "_a b_"
    assert notation.mark([("a", True, False), ("b", False, True)]) == "_a_*b*"


def test_a_sign_within_its_own_mark_is_kept_apart():
    assert notation.mark([("a_b", True, False)]) == r"_a\_b_"
    assert notation.mark([("a*b", True, False)]) == "_a*b_"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>", "- a\n1. b\n- c"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n- b\n2. c"),
        ("<p>a\n  b\u00a0c</p>", "a b c"),
    ],
)
def test_other_html_is_read_too(html, text):
    assert notation.from_html(html) == text


def test_two_spellings_are_compared_as_one():
    assert notation.normal("•  a\u00a0b\n\n*c*") == "- a b\n*c*"


def test_plain_words():
    assert notation.plain(r"Beri _reward_ *tebal* a\_b" + "\n baru") == "Beri reward tebal a_b baru"
