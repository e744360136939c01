"""A workbook from the upload to the undo."""

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.services.renaksi import delete_renaksi
from sakip.errors import WrongState
from sakip.history.entries import HistoryEntry
from tests import factories
from tests.parallel import at_once as at_once
from tests.workbooks.books import upload
from workbooks.models import ImportRun
from workbooks.services import applying, imports
from workbooks.services.imports import PreviewOutdated

HEAD = [
    "Rekomendasi",
    "Urutan",
    "Rencana aksi",
    "Penanggung jawab",
    "Unit pendukung",
    "Batas waktu",
]


@pytest.fixture
def name(recommendation):
    evaluation = recommendation.evaluation
    return f"{evaluation.unit.name} {evaluation.performance_year} / {recommendation.number}"


def start(actor, *rows):
    run = imports.start(
        kind="renaksi",
        upload=upload({"Rencana aksi": [HEAD, *rows]}),
        actor=actor,
        at=timezone.now(),
    )
    imports.preview(run)
    return run


def test_nothing_is_written_before_the_confirmation(cast, units, renaksi, name):
    before = Renaksi.objects.count()
    run = start(cast.kadir, [name, "b", "Rapat bulanan", units.organisasi.name, "", "31 Des 2024"])
    assert (run.summary["new"], Renaksi.objects.count()) == (1, before)


def test_a_confirmed_row_is_written_with_one_history_row(cast, units, renaksi, name):
    run = start(cast.kadir, [name, "b", "Rapat bulanan", units.organisasi.name, "", "31 Des 2024"])
    imports.carry_out(run, at=timezone.now())
    written = Renaksi.objects.get(recommendation=renaksi.recommendation, position=2)
    assert (written.plan, str(written.due_date)) == ("<p>Rapat bulanan</p>", "2024-12-31")
    (entry,) = HistoryEntry.objects.filter(batch=run.batch)
    assert (entry.action, entry.actor, entry.target) == ("import_new", cast.kadir, written)


def as_written():
    """Without versions: an undo is one more change."""
    return [row | {"version": None} for row in Renaksi.objects.order_by("pk").values()]


def test_an_undone_import_leaves_everything_as_it_was(cast, units, renaksi, name):
    before = as_written()
    run = start(
        cast.kadir,
        [name, "a", "Rencana lain", units.umum.name, units.organisasi.name, "1/2/2025"],
        [name, "b", "Rapat bulanan", units.organisasi.name, "", ""],
    )
    imports.carry_out(run, at=timezone.now())
    assert as_written() != before
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    assert as_written() == before
    assert not renaksi.supporting_units.exists()


def test_a_preview_that_no_longer_holds_is_not_written(cast, units, renaksi, name):
    run = start(cast.kadir, [name, "a", "Rencana lain", units.organisasi.name, "", ""])
    Renaksi.objects.filter(pk=renaksi.pk).update(plan="<p>Disela</p>")
    with pytest.raises(PreviewOutdated):
        imports.carry_out(run, at=timezone.now())
    renaksi.refresh_from_db()
    assert renaksi.plan == "<p>Disela</p>"


def test_a_row_saved_between_the_check_and_the_write_is_not_overwritten(
    cast, units, renaksi, name, monkeypatch
):
    run = start(cast.kadir, [name, "a", "Rencana lain", units.organisasi.name, "", ""])
    apply = applying.apply

    def late(*args, **kwargs):
        Renaksi.objects.filter(pk=renaksi.pk).update(version=F("version") + 1)
        apply(*args, **kwargs)

    monkeypatch.setattr(applying, "apply", late)
    with pytest.raises(PreviewOutdated):
        imports.carry_out(run, at=timezone.now())


def test_supporting_units_are_put_in_the_place_of_those_before(cast, units, renaksi, name):
    lead, umum, hukum = (
        units.organisasi,
        units.umum,
        factories.make_unit("Biro Hukum", parent=units.umum.parent),
    )
    renaksi.supporting_units.set([umum])
    run = start(
        cast.kadir,
        [name, "a", "Rencana lain", lead.name, hukum.name, ""],
        [name, "b", "Rencana baru", lead.name, f"{umum.name}; {hukum.name}", ""],
    )
    imports.carry_out(run, at=timezone.now())
    assert list(renaksi.supporting_units.all()) == [hukum]
    second = Renaksi.objects.get(recommendation=renaksi.recommendation, position=2)
    assert set(second.supporting_units.all()) == {umum, hukum}


def test_the_four_clicks(signed_in, cast, units, renaksi, name):
    client = signed_in(cast.kadir)
    rows = [HEAD, [name, "b", "Rapat bulanan", units.organisasi.name, "", ""]]
    sent = {"kind": "renaksi", "file": upload({"Rencana aksi": rows})}
    preview = client.post(reverse("workbooks:import-list"), sent, follow=True)
    assert "Rapat bulanan" in preview.content.decode()
    run = ImportRun.objects.get()
    done = client.post(reverse("workbooks:import-confirm", args=[run.pk]), follow=True)
    assert "selesai diimpor" in done.content.decode()
    assert Renaksi.objects.filter(position=2).exists()


def test_a_person_whose_unit_loses_its_part_is_taken_off_on_record(cast, units, renaksi, name):
    kept = factories.make_renaksi(renaksi.recommendation, units.organisasi, person=cast.rina)
    Renaksi.objects.filter(pk=renaksi.pk).update(person=cast.rina)
    umum, organisasi = units.umum.name, units.organisasi.name
    run = start(
        cast.kadir,
        [name, "a", "", umum, "", ""],
        [name, "b", "", umum, organisasi, ""],
    )
    imports.carry_out(run, at=timezone.now())
    renaksi.refresh_from_db()
    kept.refresh_from_db()
    assert (renaksi.person, kept.person) == (None, cast.rina)
    assert ["Petugas", "Rina", "-"] in HistoryEntry.objects.about(renaksi).first().in_words
    told = [row[0] for row in HistoryEntry.objects.about(kept).first().in_words]
    assert "Petugas" not in told
    imports.undo(run, actor=cast.kadir, at=timezone.now())
    renaksi.refresh_from_db()
    assert renaksi.person == cast.rina


def test_an_import_and_a_deletion_at_once_leave_no_gap(at_once, cast, recommendation, units, name):
    for _ in range(3):
        factories.make_renaksi(recommendation, units.organisasi)
    runs = [start(cast.kadir, [name, "d", "Rapat", units.organisasi.name, "", ""])]
    deeds = iter([lambda: imports.carry_out(runs[0], at=timezone.now()), lambda: delete(1)])

    def delete(position):
        item = recommendation.renaksi.get(position=position)
        delete_renaksi(renaksi=item, actor=cast.kadir, at=timezone.now())

    def act():
        try:
            next(deeds)()
        except WrongState:
            return "refused"
        return "done"

    at_once(2, act)
    [places] = at_once(
        1, lambda: list(recommendation.renaksi.order_by("position").values_list("position"))
    )
    assert places == [(place,) for place in range(1, len(places) + 1)]
