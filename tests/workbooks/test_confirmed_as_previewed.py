"""A confirmed import writes the rows that its preview judged, as long as what it looked at is the same."""

from datetime import date

import pytest
from django.utils import timezone

from recommendations.models import Renaksi, Step
from sakip.history.entries import HistoryEntry
from sakip.history.write import record
from sakip.models import User
from tests.workbooks.books import upload
from workbooks.compare import analysis
from workbooks.models import ImportedSlice
from workbooks.services import imports

NAME = "Sekretariat Daerah 2022 / 1"
SHEETS = {
    "Rencana aksi": [
        ["Rekomendasi", "Urutan", "Rencana aksi", "Tindak lanjut", "Penanggung jawab", "Unit pendukung", "Batas waktu"],
        [NAME, "a", "Diubah <dari> Excel", "-", "Biro Organisasi", "", None],
        [NAME, "b", "Baru\nbaris dua", "Sudah", "Biro Umum", "Biro Organisasi", date(2023, 12, 31)],
    ],
    "Langkah": [["Rencana aksi", "Nomor", "Langkah"], [NAME + "b", 1, "Rapat"]],
}  # fmt: skip


@pytest.fixture
def previewed(cast, renaksi):
    run = imports.start(kind="renaksi", upload=upload(SHEETS), actor=cast.kadir, at=timezone.now())
    assert imports.preview(run).errors == []
    return run


@pytest.fixture
def judged(monkeypatch):
    """How often a workbook was judged."""
    calls, analyse = [], analysis.analyse

    def counted(*args, **kwargs):
        calls.append(args)
        return analyse(*args, **kwargs)

    monkeypatch.setattr(analysis, "analyse", counted)
    return calls


def stored():
    return [
        (one.letter, one.plan, one.follow_up, one.lead_unit.name, one.due_date, one.status, one.version,
         [unit.name for unit in one.supporting_units.all()])
        for one in Renaksi.objects.order_by("position")
    ]  # fmt: skip


def told(run):
    entries = HistoryEntry.objects.filter(batch=run.batch).order_by("pk")
    return [(one.action, one.label, one.changes) for one in entries]


def test_what_it_writes_is_what_a_second_judgement_would_write(previewed, judged, cast, renaksi):
    before = stored()
    imports.carry_out(previewed, at=timezone.now())
    assert judged == []
    found = stored(), told(previewed), Step.objects.get().text
    imports.undo(previewed, actor=cast.kadir, at=timezone.now())
    assert [one[:6] for one in stored()] == [one[:6] for one in before]

    again = imports.start(
        kind="renaksi", upload=upload(SHEETS), actor=cast.kadir, at=timezone.now()
    )
    imports.preview(again)
    type(again).objects.update(data_version="")
    imports.carry_out(again, at=timezone.now())
    assert len(judged) == 2
    without_version = [[(*one[:6], one[7]) for one in rows] for rows in (stored(), found[0])]
    assert without_version[0] == without_version[1]
    assert (told(again), Step.objects.get().text) == found[1:]


def another_unit(cast, renaksi, units):
    record(actor=cast.kadir, action="change", target=units.umum, at=timezone.now())


def other_rights(cast, renaksi, units):
    User.objects.filter(pk=cast.kadir.pk).update(is_superuser=True)


@pytest.mark.parametrize("deed", [another_unit, other_rights], ids=lambda deed: deed.__name__)
def test_it_is_judged_again_when_something_has_changed(
    previewed, judged, cast, renaksi, units, deed
):
    deed(cast, renaksi, units)
    imports.carry_out(previewed, at=timezone.now())
    assert len(judged) == 1
    assert Renaksi.objects.count() == 2


def test_a_new_row_that_is_refused_leaves_the_good_ones(judged, cast, renaksi):
    rows = {
        "Rencana aksi": [*SHEETS["Rencana aksi"], [NAME, "d", "Baru", "", "Biro Umum", "", None]],
        "Langkah": [*SHEETS["Langkah"], [NAME + "b", 3, "Melompat"]],
    }
    run = imports.start(kind="renaksi", upload=upload(rows), actor=cast.kadir, at=timezone.now())
    refused = [problem.cell for problem in imports.preview(run).errors]
    assert refused == ["B4", "B3"]
    judged.clear()
    imports.carry_out(run, at=timezone.now(), skip_refused=True)
    assert judged == []
    assert [one.letter for one in Renaksi.objects.order_by("position")] == ["a", "b"]
    assert Step.objects.get().text == "<p>Rapat</p>"


def test_a_preview_that_somebody_bent_is_judged_again(previewed, judged):
    with previewed.preview.open("rb") as file:
        text = file.read()
    name = previewed.preview.name
    storage = previewed.preview.storage
    with storage.open(name, "wb") as file:
        file.write(text.replace(b"Diubah", b"Diubuh"))
    imports.carry_out(previewed, at=timezone.now())
    assert len(judged) == 1
    assert "Diubah" in Renaksi.objects.order_by("position")[0].plan


def test_a_text_is_kept_once(previewed, cast):
    imports.carry_out(previewed, at=timezone.now())
    kept = str(list(ImportedSlice.objects.filter(run=previewed).values_list("values", flat=True)))
    assert "Baru" not in kept
    assert "Diubah" not in kept
    assert any("Baru\nbaris dua" in str(row[-1]) for *_, rows in told(previewed) for row in rows)
