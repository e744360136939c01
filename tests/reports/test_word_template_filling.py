"""An office's own Word template: what it prints, what is wrong with it, and what can not hurt."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from reports.documents.telaah_staf.word import checking, filling, samples
from reports.documents.telaah_staf.word.placeholders import PLACEHOLDERS
from reports.documents.telaah_staf.word.starting import starting_template
from reports.tables.table import Paper
from tests.reports.reading import document_lines, words
from tests.reports.test_renderers_docx import HOSTILE, marks
from tests.reports.word_templates import repacked, saved, template


def filled(content, letter=None):
    return filling.fill(content, letter or samples.full())[0]


def problems(*lines, **parts):
    return checking.check(template(*lines, **parts)).problems


def test_the_starting_template_prints_everything():
    findings = checking.check(starting_template(Paper.F4))
    assert (findings.problems, findings.remarks) == ([], [])
    text = words(filled(starting_template(Paper.F4)), "docx")
    for row in PLACEHOLDERS[1:]:
        assert " ".join(row.example.removesuffix("…").removeprefix("I. ").split()[-2:]) in text
    assert "{" not in text


def test_it_looks_like_the_program_s_own_layout():
    document = Document(BytesIO(filled(starting_template(Paper.F4))))
    assert [line.style.name for line in document.paragraphs if line.text][:3] == [
        "Heading 1", "Heading 2", "Teks Surat"
    ]  # fmt: skip
    assert len(document.inline_shapes) == 1  # the logo
    assert [row[3:] for row in marks(document)][0] == ("%1.", "Persoalan")
    assert document.tables[-1].style.name == "Tabel Laporan"


def test_texts_take_the_look_of_their_placeholder():
    document = Document()
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = line.add_run("{{ isi }}")
    run.font.size, run.font.color.rgb = Pt(17), RGBColor(1, 2, 3)
    made = Document(BytesIO(filled(saved(document))))
    (text,) = (line for line in made.paragraphs if line.text.startswith("Nilai komponen"))
    assert text.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert {(run.font.size, run.font.color.rgb) for run in text.runs} == {
        (Pt(17), RGBColor(1, 2, 3))
    }
    assert text.runs[1].italic and not text.runs[0].italic


def test_the_styles_of_the_office_are_kept_and_ours_added():
    document = Document()
    document.styles["Heading 2"].font.size = Pt(33)
    document.add_paragraph("{{ isi }}")
    made = Document(BytesIO(filled(saved(document))))
    assert made.styles["Heading 2"].font.size == Pt(33)
    assert made.styles["Kepala Tabel"].font.bold
    assert made.tables[0].style.name == "Tabel Laporan"
    identities = made.styles.element.xpath("w:style/@w:styleId")
    assert len(identities) == len(set(identities))


def test_sections_may_be_laid_out_one_by_one():
    lines = document_lines(
        filled(
            template(
                "{%p for bagian in daftar_bagian %}",
                "{{ bagian.nomor }}) {{ bagian.judul|upper }}",
                "{{ bagian.isi }}",
                "{%p endfor %}",
                "{%p for penerima in daftar_tembusan %}",
                "{{ loop.index }}. {{ penerima }}",
                "{%p endfor %}",
            )
        )
    )
    assert lines[:2] == ["I) PERSOALAN", "Nilai komponen Pengukuran Kinerja menurun."]
    assert lines[-2:] == ["1. Asisten Administrasi Umum", "2. Inspektur"]


def test_an_empty_text_leaves_no_empty_line():
    lines = ["{{ nomor }}", "Nomor: {{ nomor }}", "{%p if mencabut %}", "Mencabut", "{%p endif %}"]
    made = document_lines(filled(template(*lines, "{{ isi }}"), samples.sparse()))
    assert made[:2] == ["Nomor: ", "Persoalan"]


def test_a_header_may_hold_texts_and_the_logo():
    content = template("{{ isi }}", header=["{{ kop_badan }}", "{{ lambang }}"])
    header = Document(BytesIO(filled(content))).sections[0].header
    assert "SEKRETARIAT DAERAH" in [line.text for line in header.paragraphs]
    assert len(header._element.findall(f".//{qn('w:drawing')}")) == 1


def test_a_cell_ends_in_a_paragraph_and_a_table_in_it_is_as_wide_as_it():
    document = Document()
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = "{{ isi }}"
    made = Document(BytesIO(filled(saved(document)))).tables[0].cell(0, 1)
    assert made._tc[-1].tag == qn("w:p")
    assert made.tables[0]._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")) < "5000"


@pytest.mark.parametrize("text", [*HOSTILE, "<script>alert(1)</script>", "\ue000\ue001isi\ue001"])
def test_hostile_text_stays_text(text):
    letter = replace(samples.full(), values=samples.SHORT | {"perihal": text}, copies=[text])
    made = words(filled(starting_template(Paper.A4), letter), "docx")
    removed = {0: None, 11: None, 0xFFFE: None, 0xE000: None, 0xE001: None}
    assert " ".join(text.translate(removed).split()) in made


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{{ kepda }}", "Penanda {{ kepda }} tidak dikenal. Tulis {{ kepada }}, atau hapus."),
        ("{{ Perihal }}", "Penanda {{ Perihal }} tidak dikenal. Tulis {{ perihal }}, atau hapus."),
        (
            "{{ xyzzy }}",
            "Penanda {{ xyzzy }} tidak dikenal. Pilih dari daftar penanda, atau hapus.",
        ),
        ("{{ nama.gelar }}", "Penanda {{ nama.gelar }} tidak dikenal."),
        ("Kepada: {{ kepada }", "Penanda di “Kepada: {{ kepada }” tidak dapat dibaca."),
        ("{{ kop badan }}", "Penanda di “{{ kop badan }}” tidak dapat dibaca."),
        ("{{p isi }}", "Penanda {{p isi }} ditulis keliru. Tulis {{ isi }}."),
        ("Yth. {kepada}", "Penanda {kepada} ditulis keliru. Tulis {{ kepada }}."),
        ("Isi: {{ isi }}", "{{ isi }} tidak sendirian dalam paragrafnya."),
        ("{{ daftar_tembusan }}", "{{ daftar_tembusan }} adalah daftar. Tulis {%p for"),
        ("{%p for b in daftar_bagian %}", "Tutup setiap {%p for … %} dengan {%p endfor %}"),
        ("{%p if nomor %}", "dan setiap {%p if … %} dengan {%p endif %}"),
        (
            "{%p for n in nomor %}\n{%p endfor %}",
            "hanya boleh atas daftar_bagian atau daftar_tembusan",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_placeholder(line, sentence):
    assert sentence in " ".join(problems(*line.split("\n"), "{{ isi }}"))


def test_all_that_is_wrong_is_said_at_once():
    found = problems("{{ kepada }", "{{ kepda }}", "{{ dri }}", "{{ isi }}", header=["{{ nmr }}"])
    assert len(found) == 4
    assert [name in " ".join(found) for name in ("kepda", "dri", "nmr")] == [True] * 3


def test_twenty_faults_are_enough_to_begin_with():
    assert len(problems(*(f"{{{{ kepada{number} }}" for number in range(50)))) == 20


def test_a_template_that_multiplies_the_body_is_stopped():
    loops = ["{%p for a in daftar_tembusan %}", "{%p endfor %}"]
    assert problems(loops[0], *["{{ isi }}"] * 150, loops[1]) == [filling.TOO_MUCH]


def test_a_command_that_cuts_a_table_in_two_is_told():
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "{% if mencabut %}"
    for line in ("{% endif %}", "{{ isi }}"):
        document.add_paragraph(line)
    (found,) = checking.check(saved(document)).problems
    assert "masing-masing dalam paragraf sendiri" in found


def test_a_template_without_the_body_is_told_and_left_out_texts_are_remarked():
    assert "belum mencetak isi naskah" in problems("{{ kepada }}")[0]
    findings = checking.check(template("{{ isi }}", "{{ kepada }}"))
    assert findings.problems == []
    assert "{{ nomor }}" in findings.remarks[0] and "{{ kepada }}" not in findings.remarks[0]


def test_a_body_in_the_header_is_told():
    assert "kepala atau kaki halaman" in problems("{{ isi }}", header=["{{ isi }}"])[0]


@pytest.mark.parametrize(
    "line",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ nama.__class__ }}",
        "{{ nama['__class__'] }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ nama.upper() }}",
        "{{ nama|attr('x') }}",
        "{{ nama|center(10000000) }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for a in range(100000000) %}x{% endfor %}",
        "{% set a = 1 %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'os' as x %}",
        "{% for a in daftar_tembusan recursive %}{{ loop(daftar_tembusan) }}{% endfor %}",
        "{% for a in daftar_tembusan %}{% for b in daftar_tembusan %}{% for c in daftar_tembusan %}"
        "x{% endfor %}{% endfor %}{% endfor %}",
    ],
)
def test_nothing_of_a_program_is_followed(line):
    assert problems(line, "{{ isi }}")


def test_what_takes_too_long_is_stopped(monkeypatch):
    def hangs(*_args, **choices):
        raise filling.subprocess.TimeoutExpired("python", choices["timeout"])

    monkeypatch.setattr(filling.subprocess, "run", hangs)
    assert checking.check(b"").problems == [filling.TOO_MUCH]


def test_what_can_not_be_opened_is_told():
    assert checking.check(b"no document").problems == [filling.TOO_MUCH]


@pytest.mark.parametrize("part", [b"styles+xml", b"numbering+xml"])
def test_a_part_of_another_kind_is_told(part, caplog):
    content = repacked(
        {"[Content_Types].xml": lambda found: found.replace(part, b"theme+xml")},
        starting_template(Paper.F4),
    )
    assert checking.check(content).problems == [filling.DAMAGED]
    assert "could not be filled" in caplog.text
