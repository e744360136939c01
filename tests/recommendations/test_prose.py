"""Faults in running text: each is found where it is, and sound text is left alone."""

import pytest

from recommendations.rules.prose import (
    broken_sentences,
    faults,
    intervals,
    minus_scores,
    paragraphs,
)


def found(check, text):
    return [data.get("printed") or data.get("ending") for _, data in check(text)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("mendapatkan Nilai A (80 - 90), namun", "A (80 - 90)"),
        ("predikat BB (70–80)", "BB (70–80)"),
        ("B (60 s.d. 70)", "B (60 s.d. 70)"),
        ("A (>80 – 89)", "A (>80 – 89)"),
        ("CC [50,5 - 60]", "CC [50,5 - 60]"),
    ],
)
def test_an_interval_with_a_wrong_bound(text, printed):
    assert found(intervals, text) == [printed]


@pytest.mark.parametrize(
    "text",
    [
        "A (>80 – 90)",
        "A (di atas 80 sampai 90)",
        "BB (70,01 - 80)",
        "D (0 - 30)",
        "Nilai A pada 2024 (naik 80 - 90 %)",
        "Lampiran A",
    ],
)
def test_an_interval_as_in_the_regulation(text):
    assert found(intervals, text) == []


def test_the_right_interval_is_told():
    [(_, data)] = intervals("A (80 - 90)")
    assert data["computed"] == "di atas 80 sampai 90"


def test_a_change_called_a_score():
    text = "komponen Pengukuran Kinerja mendapatkan nilai minus 0,20 sehingga"
    assert found(minus_scores, text) == ["nilai minus 0,20"]
    assert found(minus_scores, "nilai yang masih dianggap minus; nilai 0,20") == []


@pytest.mark.parametrize(
    ("html", "ends"),
    [
        ("<p>Masih diperlukan peningkatan khususnya pada</p>", True),
        ("<p>Telah dirapatkan,</p><p>Selesai.</p>", True),
        ("<p>Telah dirapatkan</p>", False),
        ("<p>Sebagaimana tabel berikut:</p>", False),
        ("<p>Dimanfaatkan untuk</p><ul><li><p>jabatan</p></li></ul>", False),
        ("<ul><li><p>Dimanfaatkan untuk</p><ol><li>jabatan</li></ol></li></ul>", False),
        ("<p>Dirinci menurut</p><table><tbody><tr><td><p>a</p></td></tr></tbody></table>", False),
        (
            "<table><tbody><tr><td><p>Disampaikan oleh</p></td><td>a,</td></tr></tbody></table>",
            False,
        ),
        ("<table><tbody><tr><td>a</td></tr></tbody></table><p>Disampaikan oleh</p>", True),
        ("<p>Diserahkan kepada</p><p></p><p>Biro Umum.</p>", True),
    ],
)
def test_a_sentence_that_breaks_off(html, ends):
    assert bool(found(broken_sentences, html)) is ends


def test_a_text_before_a_list_goes_on_in_the_list():
    assert [*faults("<p>Telah dilaksanakan melalui</p>", goes_on=True)] == []
    assert [code for code, _ in faults("<p>Telah dilaksanakan melalui</p>")] == ["broken-sentence"]


def test_a_long_ending_is_cut_at_a_word():
    [(_, data)] = broken_sentences(f"<p>{'rekomendasi ' * 20}dan</p>")
    assert data["ending"].startswith("… rekomendasi") and len(data["ending"]) <= 62


def test_cells_are_read_apart():
    assert paragraphs("<table><tbody><tr><td>Nilai A</td><td>80</td></tr></tbody></table>") == [
        "Nilai A",
        "80",
    ]
