"""One word for one thing, everywhere that people read (docs/panduan/istilah.md)."""

import re
from functools import cache

import pytest

from tests.shown_words import of_python, of_template, shown

LIST = "docs/panduan/istilah.md"
# What is refused, and what to write.
REFUSED = {
    r"\bBidang ini\b|\bbidang ini\b": "the name of the field; a bidang is a unit",
    r"^(Saring|Terapkan|Filter|Perbarui|Update)$": "Tampilkan, or Simpan",
    r"^Tampilkan semua$": "Hapus saringan",
    r"(?i)\blewat batas\b|\bmelewati batas waktu": "terlambat",
    r"(?i)\bterverifikasi\b": "diverifikasi",
    r"\brenaksi\b|\bRenaksi (?=[a-z])": "rencana aksi; Renaksi only before a number",
    r"(?i)\bbuang\b": "Hapus",
    r"^Kembali$": "Batal, or Kembali ke and where to",
    r"(?i)\bekspor\b": "Unduh",
    r"(?i)\bpos-el|\be-?mail\b": "surel",
    r"^Evaluasi$|Evaluasi \(LHE\)|(?i:\b(belum ada|pilih|buka|daftar) evaluasi\b)": "LHE",
}
# Places and why they may.
ALLOWED = {
    ("reports/documents/telaah_staf/wording.py", "renaksi"): "memos that are stored name it so",
    (
        "reports/documents/telaah_staf/drafting_follow_up.py",
        "melewati batas waktu",
    ): "prose of memos",
    ("reports/documents/telaah_staf/drafting.py", "Evaluasi (LHE)"): "the full name of the letter",
    ("reports/rules/memo_consistency.py", "renaksi"): "finds what people write",
    ("workbooks/word/heads.py", "renaksi"): "finds what people write",
    ("workbooks/kinds/units.py", "Pos-el"): "a heading of older workbooks",
    ("workbooks/kinds/units.py", "pos-el"): "a heading of older workbooks",
    ("workbooks/kinds/units.py", "Email"): "a heading of older workbooks",
    ("workbooks/management/commands/import_workbook.py", "Renaksi "): "a sheet of somebody else",
}
# Code in quotes that nobody reads: SQL, and the English of commands.
CODE = re.compile(r"\b(SELECT|UPDATE|FROM|WHERE|JOIN|EXISTS|AND)\b|\b(the|of|every)\b")


@cache
def texts():
    return [(place, " ".join(text.split())) for place, text in shown() if not CODE.search(text)]


@pytest.mark.parametrize("refused", REFUSED, ids=list(REFUSED.values()))
def test_nobody_reads_another_word_for_it(refused):
    found = {
        (place, text): match[0]
        for place, text in texts()
        if (match := re.search(refused, text)) and not is_allowed(place, match[0])
    }
    assert found == {}, f"Write instead: {REFUSED[refused]}"


def is_allowed(place, word):
    return (place.partition(":")[0], word) in ALLOWED


def test_each_allowed_place_still_needs_it():
    needed = {
        (place.partition(":")[0], match[0])
        for place, text in texts()
        for refused in REFUSED
        for match in re.finditer(refused, text)
    }
    assert needed >= ALLOWED.keys()


def test_the_list_in_the_guide_names_the_words():
    with open(LIST) as file:
        rows = {line.split("|")[1].strip() for line in file if line.startswith("| ")}
    named = " ".join(rows)
    for word in ("Tampilkan", "Hapus saringan", "Simpan", "Hapus", "Batal", "Unduh", "terlambat"):
        assert word in named
    assert {"LHE", "rencana aksi", "diverifikasi", "tuntas", "surel"} <= rows


# ── What is read as shown ───────────────────────────────────────────────────────────────────────
def test_of_a_template_the_words_are_read_and_not_the_code():
    page = """{# Saring #}{% crumb "Unit kerja" to="sakip:unit-list" %}
    <a class="Saring" aria-label="Buka {{ unit }}" href="{% url 'x:y' %}">Unit <b>baru</b></a>
    {% include "a/_b.html" with label="Hapus baris" only %}"""
    assert list(of_template(page)) == ["Unit kerja", "Hapus baris", "Buka …", "Unit ", "baru"]


def test_of_code_the_strings_are_read_and_not_docstrings_or_logs():
    code = '"""Saring."""\nlogger.info("Saring ini")\nlabel = "Saring"\nkey = "saring"\nf"{n} baris lama"\n'
    assert list(of_python(code)) == [(3, "Saring"), (5, "… baris lama")]
