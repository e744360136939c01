"""Large workbooks: read and written by a worker, followed, cancelled, never left hanging."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from recommendations.models import Renaksi
from sakip import background as worker
from tests.tasks import carry_out
from tests.workbooks.books import upload
from tests.workbooks.test_import import HEAD
from workbooks.models import ImportRun
from workbooks.services import background, imports

State = ImportRun.State


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    monkeypatch.setattr(background, "AT_ONCE_BYTES", 0)
    monkeypatch.setattr(background, "AT_ONCE_ROWS", 0)


@pytest.fixture
def client(signed_in, cast):
    return signed_in(cast.kadir)


@pytest.fixture
def run(client, recommendation, units):
    """One new renaksi, uploaded by Kadir and waiting for a worker."""
    evaluation = recommendation.evaluation
    name = f"{evaluation.unit.name} {evaluation.performance_year} / {recommendation.number}"
    row = [name, "a", "Rapat", units.organisasi.name, "", "31 Des 2024"]
    file = upload({"Rencana aksi": [HEAD, row]})
    client.post(reverse("workbooks:import-list"), {"kind": "renaksi", "file": file})
    return ImportRun.objects.get()


def again(run):
    return ImportRun.objects.get(pk=run.pk)


def work():
    """What the worker does with the last order, long after the tab was closed."""
    task = DBTaskResult.objects.order_by("enqueued_at").last()
    carry_out(task)


def test_reading_and_writing_are_left_to_a_worker(run, client):
    assert run.state == State.WAITING
    page = client.get(run.get_absolute_url()).text
    assert "Halaman ini boleh ditutup" in page
    assert 'hx-trigger="every 2s"' in page
    work()
    assert "Tulis 1 baris" in client.get(run.get_absolute_url()).text
    client.post(reverse("workbooks:import-confirm", args=[run.pk]))
    assert again(run).state == State.CONFIRMED
    assert not Renaksi.objects.exists()
    work()
    assert again(run).state == State.DONE
    assert Renaksi.objects.count() == 1


def test_how_far_it_is(run, client):
    ImportRun.objects.update(state=State.READING, done=1200, total=9000, beat_at=timezone.now())
    page = client.get(run.get_absolute_url()).text
    assert "1200 dari 9000 baris" in page


def test_cancelled_while_it_waits_nothing_is_read(run, client):
    client.post(reverse("workbooks:import-cancel", args=[run.pk]))
    work()
    assert again(run).state == State.CANCELLED
    assert not again(run).summary


def test_cancelled_while_it_is_read(run, client, monkeypatch):
    read = imports.workbook.read_workbook

    def cancelled_meanwhile(*args):
        client.post(reverse("workbooks:import-cancel", args=[run.pk]))
        return read(*args)

    monkeypatch.setattr(imports.workbook, "read_workbook", cancelled_meanwhile)
    work()
    assert again(run).state == State.CANCELLED


def test_a_fault_is_told_and_nothing_hangs(run, client, monkeypatch):
    monkeypatch.setattr(imports, "preview", lambda run: 1 / 0)
    work()
    assert again(run).state == State.FAILED
    assert "kesalahan program" in client.get(run.get_absolute_url()).text


def test_a_fault_while_writing_leaves_the_preview(run, client, monkeypatch):
    work()
    client.post(reverse("workbooks:import-confirm", args=[run.pk]))
    monkeypatch.setattr(imports.applying, "apply", lambda *args, **kwargs: 1 / 0)
    work()
    assert again(run).state == State.PREVIEWED
    page = client.get(run.get_absolute_url()).text
    assert "kesalahan program" in page
    assert "Tulis 1 baris" in page
    assert not Renaksi.objects.exists()


def test_records_that_changed_meanwhile_are_previewed_again(run, client, units, recommendation):
    work()
    client.post(reverse("workbooks:import-confirm", args=[run.pk]))
    recommendation.renaksi.create(position=1, plan="<p>Lain</p>", lead_unit=units.umum)
    work()
    assert again(run).state == State.PREVIEWED
    assert "Data berubah sejak pratinjau" in client.get(run.get_absolute_url()).text


def test_two_presses_make_one_order(run, client):
    work()
    for _ in range(2):
        answer = client.post(reverse("workbooks:import-confirm", args=[run.pk]))
    assert answer.status_code == 409
    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "becomes", "says"),
    [
        (State.READING, State.FAILED, "Unggah berkasnya lagi"),
        (State.WRITING, State.PREVIEWED, "konfirmasi lagi"),
    ],
)
def test_whose_worker_died_hangs_no_longer(run, client, state, becomes, says):
    silent = timezone.now() - timedelta(minutes=6)
    DBTaskResult.objects.all().delete()
    ImportRun.objects.update(state=state, beat_at=silent)
    client.get(run.get_absolute_url())
    assert again(run).state == becomes
    assert says in client.get(run.get_absolute_url()).text


@pytest.mark.parametrize(("attempt", "state"), [(2, State.PREVIEWED), (4, State.FAILED)])
def test_reading_begins_again_when_its_worker_died(run, attempt, state):
    ImportRun.objects.update(state=State.READING, beat_at=timezone.now())
    background.read(run.pk)  # the same attempt a second time does nothing
    assert again(run).state == State.READING
    background.read(run.pk, attempt=attempt)
    assert again(run).state == state
    assert again(run).error == (background.GAVE_UP if attempt == 4 else "")


@pytest.mark.parametrize(("attempt", "state"), [(2, State.DONE), (4, State.PREVIEWED)])
def test_writing_begins_again_when_its_worker_died(run, attempt, state):
    work()
    ImportRun.objects.update(state=State.WRITING, beat_at=timezone.now())
    background.write(run.pk, False, attempt=attempt)
    assert again(run).state == state
    assert Renaksi.objects.count() == (attempt == 2)


def test_a_waiting_page_calls_a_worker(run, client, monkeypatch, settings):
    settings.DOCUMENT_WORKER = "on-demand"
    worker.cache.clear()
    started = []
    monkeypatch.setattr(worker, "start", lambda: started.append(1))
    client.get(run.get_absolute_url())
    client.get(run.get_absolute_url())
    assert started == [1]


def test_rows_that_pack_to_nothing_are_large_all_the_same(cast, monkeypatch):
    monkeypatch.setattr(background, "AT_ONCE_BYTES", 1_500_000)
    few, many = (
        imports.start(
            kind="renaksi",
            upload=upload({"Rencana aksi": [HEAD, *[["x", 1, "Rapat " * 20]] * number]}),
            actor=cast.kadir,
            at=timezone.now(),
        )
        for number in (10, 9000)
    )
    assert many.file.size < 400_000
    assert not background.is_large(few)
    assert background.is_large(many)


def test_cancelled_while_its_preview_is_kept(run, client, monkeypatch):
    """The last moment there is: after the last look at whether somebody stopped it."""
    keep = imports.previews.keep

    def cancelled_meanwhile(*args):
        client.post(reverse("workbooks:import-cancel", args=[run.pk]))
        return keep(*args)

    monkeypatch.setattr(imports.previews, "keep", cancelled_meanwhile)
    work()
    assert again(run).state == State.CANCELLED
    assert (again(run).summary, again(run).preview.name) == ({}, "")


def test_cancelled_while_records_that_changed_are_previewed_again(
    run, client, units, recommendation, monkeypatch
):
    """Its worker was taken for dead meanwhile, so that it could be cancelled."""
    work()
    client.post(reverse("workbooks:import-confirm", args=[run.pk]))
    recommendation.renaksi.create(position=1, plan="<p>Lain</p>", lead_unit=units.umum)
    keep = imports.previews.keep

    def swept_and_cancelled(*args):
        DBTaskResult.objects.all().delete()
        background.sweep(timezone.now() + timedelta(minutes=6))
        client.post(reverse("workbooks:import-cancel", args=[run.pk]))
        return keep(*args)

    monkeypatch.setattr(imports.previews, "keep", swept_and_cancelled)
    work()
    assert (again(run).state, again(run).error) == (State.CANCELLED, background.NOT_WRITTEN)


def test_a_choice_does_not_take_back_what_was_confirmed(run, client):
    work()
    seen = again(run)
    client.post(reverse("workbooks:import-confirm", args=[run.pk]))
    with pytest.raises(imports.WrongState, match="menunggu ditulis"):
        imports.choose(seen, {"Rencana aksi!C2": "now"})
    assert (again(run).state, again(run).choices) == (State.CONFIRMED, {})


def test_a_small_workbook_cancelled_while_it_is_read_says_so(client, run, monkeypatch):
    monkeypatch.setattr(background, "AT_ONCE_BYTES", 1_500_000)
    keep = imports.previews.keep

    def cancelled_meanwhile(newest, plan, records):
        imports.cancel(newest, at=timezone.now())
        return keep(newest, plan, records)

    monkeypatch.setattr(imports.previews, "keep", cancelled_meanwhile)
    sent = {"kind": "renaksi", "file": upload({"Rencana aksi": [HEAD]})}
    answer = client.post(reverse("workbooks:import-list"), sent)
    assert answer.status_code == 409
    assert "dibatalkan sebelum ditulis" in answer.text
