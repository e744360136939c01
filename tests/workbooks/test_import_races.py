"""Somebody else acts between the moment an import has compared and the moment it writes.

On PostgreSQL over a connection of their own, to the end, or they are kept waiting because the import
holds the record already. SQLite lets nobody write meanwhile; there it is done within the import's
transaction, which shows that it is noticed, and goes with it.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from performance.models import Target
from recommendations.models import Component, Evidence, Renaksi, Step
from recommendations.services.evaluations import write_scores
from recommendations.services.renaksi import create_renaksi, plan_renaksi
from recommendations.workflow import perform
from sakip.errors import WrongState
from tests import factories
from tests.workbooks.books import upload
from workbooks.models import ImportRun
from workbooks.services import applying, imports
from workbooks.services.imports import PreviewOutdated

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NAME = "Sekretariat Daerah 2022 / 1"
TEXT = {"Rencana aksi": [["Rekomendasi", "Urutan", "Tindak lanjut"], [NAME, "a", "Dari Excel"]]}
STEP = {"Langkah": [["Rencana aksi", "Nomor", "Langkah"], [NAME + "a", 1, "Rapat"]]}
PROOF = {
    "Bukti dukung": [
        ["Rencana aksi", "Nomor", "Jenis", "Judul"],
        [NAME + "a", 2, "Dokumen terpisah", "Notula"],
    ]
}
PLAN = {"Rencana aksi": [["Rekomendasi", "Urutan", "Rencana aksi"], [NAME, "a", "Dari Excel"]]}
NEW = {
    "Rencana aksi": [["Rekomendasi", "Urutan", "Penanggung jawab"], [NAME, "b", "Biro Umum"]],
}
SCORES = {
    "LHE": [["Perangkat daerah", "Tahun kinerja", "Perihal"], ["Sekretariat Daerah", 2022, "Baru"]]
}


@pytest.fixture
def started(transactional_db, cast, renaksi):
    def start(sheets):
        run = imports.start(kind="all", upload=upload(sheets), actor=cast.kadir, at=NOON)
        assert imports.preview(run).errors == []
        return run

    return start


@pytest.fixture
def meanwhile(monkeypatch):
    """meanwhile(deed) lets `deed()` happen right before the next import writes. The list that it gives
    holds the refusal of the database where the import holds what the deed would lock."""
    apply = applying.apply

    def meanwhile(deed):
        kept_waiting = []

        def elsewhere():
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '250ms'")
                deed()
            except OperationalError as error:
                kept_waiting.append(error)
            finally:
                connection.close()

        def late(*args, **kwargs):
            monkeypatch.setattr(applying, "apply", apply)
            if connection.vendor == "sqlite":
                deed()
            else:
                with ThreadPoolExecutor(1) as pool:
                    pool.submit(elsewhere).result()
            apply(*args, **kwargs)

        monkeypatch.setattr(applying, "apply", late)
        return kept_waiting

    return meanwhile


def lives_on(deed):
    """The others' act is undone with the import on SQLite only; do it again to look at both."""
    if connection.vendor == "sqlite":
        deed()


def comes_first(run, kept_waiting):
    """The import holds what the deed would change. On SQLite the deed was let in, and is noticed."""
    if connection.vendor == "sqlite":
        refused(run)
        return False
    imports.carry_out(run, at=timezone.now())
    assert len(kept_waiting) == 1
    return True


def refused(run):
    with pytest.raises(PreviewOutdated):
        imports.carry_out(run, at=timezone.now())


@pytest.mark.parametrize("life", [["submit"], ["submit", "accept"]], ids=" ".join)
def test_what_was_submitted_or_accepted_meanwhile_stays_so(cast, renaksi, started, meanwhile, life):
    def deed():
        for action, actor in zip(life, (cast.rina, cast.dewi), strict=False):
            perform(action=action, renaksi=renaksi, actor=actor, at=NOON)

    run = started(TEXT)
    assert meanwhile(deed) == []
    refused(run)
    lives_on(deed)
    renaksi.refresh_from_db()
    assert renaksi.status == {"submit": "submitted", "accept": "done"}[life[-1]]
    assert renaksi.follow_up == "<p>Target telah dianalisis.</p>"
    assert (Step.objects.count(), Evidence.objects.count()) == (0, 1)
    plan = imports.preview(ImportRun.objects.get(pk=run.pk))  # begun anew, it says why
    assert "saat status" in plan.errors[0].message


@pytest.mark.parametrize("sheets", [STEP, PROOF], ids=["step", "evidence"])
def test_nobody_submits_while_steps_and_evidence_are_counted(
    cast, renaksi, started, meanwhile, sheets
):
    """The import holds the item while it counts what is beneath it; whoever submits does so with all of it."""

    def deed():
        perform(action="submit", renaksi=renaksi, actor=cast.rina, at=NOON)

    run = started(sheets)
    if comes_first(run, meanwhile(deed)):
        deed()
        renaksi.refresh_from_db()
        assert renaksi.status == "submitted"
        assert Step.objects.count() + Evidence.objects.count() == 2


def test_a_plan_made_meanwhile_is_not_overwritten(cast, units, renaksi, started, meanwhile):
    """It raises no version, for the unit's text stays."""
    run = started(PLAN)
    plan = {"plan": "<p>Dari Kadir</p>", "lead_unit": units.organisasi}
    meanwhile(partial(plan_renaksi, renaksi=renaksi, actor=cast.kadir, at=NOON, **plan))
    refused(run)


def test_a_supporting_unit_named_meanwhile_is_noticed(units, renaksi, started, meanwhile):
    head = ["Rekomendasi", "Urutan", "Unit pendukung"]
    run = started({"Rencana aksi": [head, [NAME, "a", units.umum.name]]})
    meanwhile(lambda: renaksi.supporting_units.add(units.setda))
    refused(run)


def test_nobody_takes_a_letter_while_letters_are_counted(cast, units, renaksi, started, meanwhile):
    plan = {"plan": "<p>Lain</p>", "lead_unit": units.umum, "actor": cast.kadir, "at": NOON}

    def deed():
        create_renaksi(recommendation=renaksi.recommendation, **plan)

    run = started(NEW)
    if comes_first(run, meanwhile(deed)):
        deed()
        assert sorted(Renaksi.objects.values_list("position", flat=True)) == [1, 2, 3]


def test_a_score_changed_meanwhile_is_not_overwritten(cast, evaluation, started, meanwhile):
    """Nothing tells its version: what was read is compared."""
    head, row = SCORES["LHE"]
    head = [*head, "Nilai Perencanaan Kinerja", "Alasan perbaikan"]
    run = started({"LHE": [head, [*row, 21, "Salah ketik"]]})
    scores = {Component.objects.get(code="perencanaan"): {"score": 20}}
    given = {"evaluation": evaluation, "actor": cast.kadir, "at": NOON, "reason": "Salah ketik"}
    meanwhile(lambda: write_scores(scores=scores, **given))
    refused(run)


def test_a_target_changed_meanwhile_is_not_overwritten(units, started, meanwhile):
    indicator = factories.make_indicator(factories.make_objective(units.setda), units.organisasi)
    target = indicator.targets.create(year=2023, value=80)
    head = ["Sasaran", "Nomor", "Target 2023"]
    run = started({"Indikator": [head, ["Sekretariat Daerah / 1", 1, 90]]})
    meanwhile(lambda: Target.objects.filter(pk=target.pk).update(value=85))
    refused(run)


def test_a_recommendation_deleted_meanwhile_is_noticed(cast, evaluation, units, started, meanwhile):
    second = factories.make_recommendation(evaluation, 2)
    head = ["Rekomendasi", "Urutan", "Penanggung jawab"]
    run = started({"Rencana aksi": [head, ["Sekretariat Daerah 2022 / 2", "a", "Biro Umum"]]})
    comes_first(run, meanwhile(second.delete))


def test_somebody_who_signs_in_meanwhile_disturbs_nothing(cast, units, started, meanwhile):
    head = ["Nama pengguna", "Nama"]
    run = started({"Pengguna": [head, ["rina", "Rina Baru"]]})
    meanwhile(lambda: type(cast.rina).objects.filter(pk=cast.rina.pk).update(last_login=NOON))
    imports.carry_out(run, at=timezone.now())
    cast.rina.refresh_from_db()
    assert cast.rina.name == "Rina Baru"


def test_a_command_says_so_and_writes_nothing(cast, renaksi, started, meanwhile, tmp_path):
    path = tmp_path / "buku.xlsx"
    path.write_bytes(upload(TEXT).read())
    meanwhile(lambda: Renaksi.objects.update(follow_up="<p>Lain</p>"))
    with pytest.raises(CommandError, match="Data berubah"):
        call_command("import_workbook", "all", str(path), "--as=kadir")
    assert ImportRun.objects.get().state == "cancelled"
    with pytest.raises(WrongState):
        imports.carry_out(ImportRun.objects.get(), at=timezone.now())
