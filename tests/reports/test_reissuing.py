"""The next issue of a report from the records: what changed on paper is told, and nothing else."""

import base64
import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string

from performance.models import Indicator, Objective, Realisation, Target
from recommendations.models import (
    Component,
    ComponentScore,
    Evaluation,
    Evidence,
    Note,
    NotePhoto,
    QuarterlyReport,
    Recommendation,
    RecommendationPoint,
    Renaksi,
)
from reports.exports import catalogue
from reports.exports.catalogue import EXPORTS, ExportSpec
from reports.models import TelaahStaf
from reports.models.telaah_staf import TelaahStafBlock, TelaahStafSection
from reports.renderers import html
from reports.renderers.richtext import plain
from reports.services import issuing
from reports.services import telaah_staf as services
from reports.tables.table import Report
from reports.verification import changes, snapshot
from sakip.models import Letterhead, Official, Unit
from tests import factories
from tests.reports import crowd
from tests.reports.conftest import AT

TODAY = date(2023, 10, 2)
NOWHERE = ("(kosong)", "-")
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# One change after another, each of a single stored value.
EDITS = [
    (Recommendation, {"heading": "Judul lain"}),
    (Recommendation, {"text": "<p>Teks lain</p>"}),
    (Recommendation, {"follow_up_lead": "<p>Pengantar lain</p>"}),
    (RecommendationPoint, {"text": "<p>Butir lain</p>"}),
    (Renaksi, {"plan": "<p>Rencana lain</p>"}),
    (Renaksi, {"follow_up": "<p>Tindakan lain</p>"}),
    (Renaksi, {"status": "in_progress"}),
    (Renaksi, {"due_date": date(2023, 7, 1)}),
    (Evidence, {"title": "Bukti lain"}),
    (Evidence, {"caption": "Keterangan lain"}),
    (Evidence, {"document_number": "9/9"}),
    (Evidence, {"page_hint": "88"}),
    (QuarterlyReport, {"progress": 61}),
    (QuarterlyReport, {"budget_adjustment": "Anggaran lain"}),
    (Note, {"text": "<p>Catatan lain</p>"}),
    (NotePhoto, {"caption": "Gambar lain"}),
    (NotePhoto, {"image": ""}),
    (Objective, {"name": "Sasaran lain"}),
    (Indicator, {"name": "Indikator lain"}),
    (Indicator, {"measure": "Buah"}),
    (Indicator, {"definition": "Definisi lain"}),
    (Realisation, {"value": 7}),
    (Realisation, {"mark": "#"}),
    (Realisation, {"footnote": "Catatan kaki lain"}),
    (Realisation, {"annotation": "peringkat 9"}),
    (Target, {"value": 8, "high": None}),
    (Component, {"name": "Komponen lain"}),
    (ComponentScore, {"score": 1}),
    (Evaluation, {"letter_number": "L/1"}),
    (Evaluation, {"subject": "Hal lain"}),
    (Evaluation, {"source": "Sumber lain"}),
    (Evaluation, {"reported_total": 70}),
    (Letterhead, {"address": "Jalan Lain"}),
    (Letterhead, {"government": "Pemerintah Lain"}),
    (Official, {"name": "Nama Lain"}),
    (TelaahStaf, {"addressee": "Yth. Lain"}),
    (TelaahStaf, {"copies_to": "Inspektur"}),
    (TelaahStaf, {"attachment": "Satu berkas"}),
    (TelaahStaf, {"subject": "Perihal lain"}),
    (TelaahStaf, {"on_behalf": "Plt."}),
    (TelaahStafSection, {"heading": "Bagian lain"}),
    (TelaahStafBlock, {"is_incomplete": True}),
]


@pytest.fixture
def records(evaluation, units, cast):
    """One of everything that any product prints."""
    crowd.fill(evaluation, 2, cast.rina, units=[units.organisasi, units.umum])
    factories.make_evaluation(units.setda, 2021, scores=["20.00"] * 5)
    Evaluation.objects.filter(pk=evaluation.pk).update(reported_total=71)
    first = Recommendation.objects.first()
    Recommendation.objects.update(component=Component.objects.first())
    factories.make_renaksi(first, units.umum, supporting=[units.organisasi], plan="<p>B</p>")
    note = Note.objects.create(recommendation=first, text="<p>Telah dibuat</p>")
    photo = NotePhoto(note=note, caption="Rapat")
    photo.image.save("a.png", ContentFile(PIXEL))
    Letterhead.objects.create(unit=units.setda, government="Pemprov", body="Setda")
    telaah_staf = factories.make_telaah_staf(evaluation, number="7/2026", date="2026-06-01")
    blocks = telaah_staf.sections.get().blocks
    blocks.create(position=2, kind="score_comparison")
    blocks.create(position=3, kind="follow_up_table")
    return evaluation


def build(name, user, evaluation):
    needs = EXPORTS[name].needs
    of = {"evaluation_id": evaluation.pk} if needs in ("evaluation", "telaah-staf") else {}
    year = (
        crowd.YEAR if needs == "year" and name != "leader-summary" else None
    )  # its years are LHE's
    order = ExportSpec(name=name, format="pdf", year=year, **of)
    return catalogue.build(order, user, today=TODAY)


def on_paper(data):
    """The words of the print, pictures as data."""
    if isinstance(data, Report):
        return html.document(data)
    if hasattr(data, "parts"):
        page = {"dossier": data, "report": data.contents, "cover": data.cover}
        return render_to_string("reports/print/dossier.html", page)
    return render_to_string("reports/print/telaah_staf.html", data.context)


TABLES = re.compile(r"</?(?:table|thead|tbody|tfoot|tr|th|td)\b[^<>]*>")


def words_and_pictures(page):
    pictures = [part.partition('"')[0] for part in page.split('src="')[1:]]
    body = page.partition("<body")[2]
    for drawing in body.split("<svg")[1:]:
        body = body.replace(drawing.partition("</svg>")[0].partition("<title")[0], "")
    body = TABLES.sub(" ", body)  # a table of a text is written as lines, a page is not
    return "".join(plain(body.replace("><", "> <")).split()), pictures


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_change_on_paper_is_told_and_no_other(name, records, cast):
    before = build(name, cast.kadir, records)
    kept, paper = snapshot.take(issuing.contents_of(before)), words_and_pictures(on_paper(before))
    for model, values in EDITS:
        with transaction.atomic():
            row = model.objects.order_by("pk").first()
            model.objects.filter(pk=row.pk).update(**values)
            after = build(name, cast.kadir, records)
            taken = snapshot.take(issuing.contents_of(after))
            found = changes.compare(kept, taken)
            now = words_and_pictures(on_paper(after))
            transaction.set_rollback(True)
        assert bool(found) == (now != paper), (model.__name__, values, found)
        assert [row for row in found if not stands(row, paper[0], now[0])] == []
        if name != "consistency":  # a finding that is settled is gone
            assert all(change.label for change in found), found


def stands(change, before, after):
    """Whether the one is printed before, and the other now; pictures and drawings are no words."""
    if change.label in ("Gambar", "Lambang") or change.label.startswith("Grafik"):
        return True
    one, other = ("".join(text.strip("… ").split()) for text in (change.before, change.after))
    return not change.label or (
        one in (*NOWHERE, *([one] if one in before else []))
        and other in (*NOWHERE, *([other] if other in after else []))
    )


def taken(name, user, evaluation):
    return snapshot.take(issuing.contents_of(build(name, user, evaluation)))


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_everything_is_known_by_a_key(name, records, cast):
    for section in taken(name, cast.kadir, records)["sections"]:
        assert section["key"], section["title"]
        known = [record["key"] for record in section["records"]]
        assert all(known) and len(set(known)) == len(known), (section["title"], known)


@pytest.fixture
def told(records, cast):
    """What the next issue of a product tells once `change` was made."""

    def told(name, change):
        before = taken(name, cast.kadir, records)
        change()
        return [str(row) for row in changes.compare(before, taken(name, cast.kadir, records))]

    return told


def test_a_renamed_unit_is_told_as_renamed(told, units):
    def rename():
        Unit.objects.filter(pk=units.umum.pk).update(name="Biro Umum Baru")

    for name in ("bpk-recap", "unit-recap"):
        assert told(name, rename) == ["Biro Umum Baru: Unit Kerja Biro Umum → Biro Umum Baru"]
        Unit.objects.filter(pk=units.umum.pk).update(name="Biro Umum")


def test_a_quarter_put_before_another_is_the_only_one_that_came(told):
    report = QuarterlyReport.objects.first

    def earlier():
        QuarterlyReport.objects.create(
            renaksi=report().renaksi, year=crowd.YEAR, quarter=1, progress=9
        )

    assert told("quarterly", earlier) == ["Rencana aksi 1.a triwulan I ditambahkan"]


def test_a_renaksi_put_before_others_changes_none_of_them(told, units):
    def put_first():
        first = Recommendation.objects.first()
        for row in first.renaksi.order_by("-position"):
            Renaksi.objects.filter(pk=row.pk).update(position=row.position + 1)
        factories.make_renaksi(first, units.umum, position=1)

    found = told("matrix", put_first)
    assert "Rekomendasi 1.a ditambahkan" in found
    assert "Rekomendasi 1.b: Nomor 1.a → pindah ke 1.b" in found
    assert not any("Rencana Aksi" in row or "Menjawab" in row for row in found), found


def test_tables_of_two_bodies_with_one_title_are_told_apart(units):
    admin = factories.make_user("admin", "coordinator", units.province)
    for unit in (units.setda, units.dinas):
        factories.make_indicator(factories.make_objective(unit), unit, "IPM", values={2023: 1})
    for unit in (units.setda, units.dinas):
        before = taken("indicator-table", admin, None)
        Realisation.objects.filter(indicator__owner_unit=unit).update(value=2)
        (change,) = changes.compare(before, taken("indicator-table", admin, None))
        assert (change.before, change.after) == ("1,00", "2,00")


@pytest.fixture
def successor(records, cast):
    """What is told of the telaah staf that replaces the first, after `edit`."""

    def successor(edit):
        telaah_staf = TelaahStaf.objects.get()
        issuing.issue_sealed_telaah_staf(
            telaah_staf=telaah_staf, origin="https://x", actor=cast.kadir, at=AT
        )
        telaah_staf.refresh_from_db()
        new = services.supersede_telaah_staf(telaah_staf=telaah_staf, actor=cast.kadir, at=AT)
        new.number, new.date = "8/2026", "2026-06-02"
        new.save()
        edit(new)
        issuing.issue_sealed_telaah_staf(
            telaah_staf=new, origin="https://x", actor=cast.kadir, at=AT
        )
        return [str(row) for row in issuing.changes_of(new_issue(new))]

    return successor


def new_issue(telaah_staf):
    return issuing.IssuedReport.objects.of_telaah_staf(telaah_staf).get()


OTHER_TELAAH_STAF = [
    "Kepala surat: Tanggal 1 Juni 2026 → 2 Juni 2026",
    "Kepala surat: Nomor 7/2026 → 8/2026",
    "Kepala surat: Mencabut (kosong) → Telaah Staf Nomor 7/2026 tanggal 1 Juni 2026",
]


def test_another_head_is_told(successor):
    def edit(telaah_staf):
        TelaahStaf.objects.filter(pk=telaah_staf.pk).update(addressee="Yth. Gubernur")

    assert successor(edit) == [
        "Kepala surat: Kepada Yth. Sekda → Yth. Gubernur",
        *OTHER_TELAAH_STAF,
    ]


def test_of_a_frozen_table_single_values_are_told(successor):
    def edit(telaah_staf):
        Renaksi.objects.filter(pk=Renaksi.objects.first().pk).update(status="done")

    assert successor(edit) == ["Rekomendasi 1.a: Status Belum → Sudah", *OTHER_TELAAH_STAF]


def test_sections_of_one_title_are_told_apart(successor):
    def edit(telaah_staf):
        for position, said in ((2, "Satu"), (3, "Dua")):
            section = telaah_staf.sections.create(position=position, heading="Tambahan")
            section.blocks.create(position=1, text=f"<p>{said}</p>")

    assert len([row for row in successor(edit) if "ditambahkan" in row]) == 2
