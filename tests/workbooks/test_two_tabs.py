"""One import in two tabs, beside other people's work: the slower one is told, and nothing is undone."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from sakip.errors import WrongState
from tests import factories
from tests.workbooks.books import exported
from workbooks.compare import previews
from workbooks.models import ImportRun
from workbooks.services import applying, imports, undoing

State = ImportRun.State


@pytest.fixture
def run(cast, renaksi):
    file = exported("renaksi", cast.kadir)
    run = imports.start(kind="renaksi", upload=file, actor=cast.kadir, at=timezone.now())
    imports.preview(run)
    return run


def post(client, name, run, **data):
    return client.post(reverse(f"workbooks:import-{name}", args=[run.pk]), data)


def test_a_preview_does_not_reopen_what_was_done_meanwhile(run):
    slow = ImportRun.objects.get(pk=run.pk)
    imports.carry_out(run, at=timezone.now())
    with pytest.raises(WrongState, match="selesai"):
        imports.preview(slow)
    run.refresh_from_db()
    assert run.state == State.DONE
    assert previews.load(run).rows


def test_a_choice_does_not_take_back_an_order_to_write(run):
    slow = ImportRun.objects.get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(state=State.CONFIRMED)
    with pytest.raises(WrongState, match="menunggu ditulis"):
        imports.choose(slow, {"Rencana aksi!B2": "sheet"})
    run.refresh_from_db()
    assert (run.state, run.choices) == (State.CONFIRMED, {})


def test_choices_of_two_tabs_are_both_kept(run):
    slow = ImportRun.objects.get(pk=run.pk)
    imports.choose(run, {"Rencana aksi!B2": "sheet"})
    imports.choose(slow, {"Rencana aksi!C2": "now"})
    run.refresh_from_db()
    assert run.choices == {"Rencana aksi!B2": "sheet", "Rencana aksi!C2": "now"}


def test_what_is_cancelled_while_it_is_read_is_told(run, signed_in, cast, monkeypatch):
    def cancel(*args, **kwargs):
        ImportRun.objects.update(state=State.CANCELLED)
        raise imports.WrongRunState(ImportRun.objects.get())

    monkeypatch.setattr(imports, "_analyse", cancel)
    answer = post(signed_in(cast.kadir), "choose", run)
    assert answer.status_code == 409 and "dibatalkan" in answer.text


def test_a_row_that_somebody_else_writes_at_the_same_moment_is_told(
    run, signed_in, cast, monkeypatch
):
    def clash(*args, **kwargs):
        raise IntegrityError("duplicate key")

    monkeypatch.setattr(applying, "apply", clash)
    page = signed_in(cast.kadir).post(
        reverse("workbooks:import-confirm", args=[run.pk]), follow=True
    )
    assert page.status_code == 200 and "Data berubah sejak pratinjau dibuat." in page.text


def test_a_value_taken_by_another_meanwhile_keeps_an_import_from_being_undone(
    run, signed_in, cast, monkeypatch
):
    def clash(*args, **kwargs):
        raise IntegrityError("duplicate key")

    imports.carry_out(run, at=timezone.now())
    monkeypatch.setattr(undoing, "undo", clash)
    answer = post(signed_in(cast.kadir), "undo", run)
    assert answer.status_code == 409 and "tidak dapat dibatalkan" in answer.text
    run.refresh_from_db()
    assert run.state == State.DONE


def test_a_file_that_is_no_longer_there_is_told(run, signed_in, cast):
    run.file.storage.delete(run.file.name)
    run.preview.storage.delete(run.preview.name)
    client = signed_in(cast.kadir)
    assert client.get(run.get_absolute_url()).status_code == 200
    for name in ("choose", "confirm"):
        answer = post(client, name, run)
        assert answer.status_code == 409 and "Unggah" in answer.text
    rejected = client.get(reverse("workbooks:import-rejected", args=[run.pk]))
    assert rejected.status_code == 409 and "Unggah" in rejected.text


def test_an_lhe_out_of_reach_by_now_is_told(evaluation, cast, units, signed_in):
    run = factories.make_word_run(cast.kadir, evaluation)
    cast.kadir.unit = units.dinas
    cast.kadir.save(update_fields=["unit"])
    answer = post(signed_in(cast.kadir), "choose", run)
    assert answer.status_code == 409 and "LHE" in answer.text
