"""Long documents in the background: two at once, followed, cancelled, never lost, never for others."""

import errno
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reports.exports import background, catalogue
from reports.exports.catalogue import ExportSpec
from reports.exports.progress import percent_of, remaining
from reports.models import ReportJob, StoredFile
from reports.renderers import pdf
from reports.typesetting.stages import Stage
from sakip import background as worker
from sakip.errors import WrongState
from tests import factories
from tests.tasks import carry_out

DOWNLOAD = reverse("reports:report-download", args=["follow-up-table", "pdf"])
State = ReportJob.State


@pytest.fixture
def long(monkeypatch):
    """Every document is too long to be made at once."""
    monkeypatch.setattr(
        catalogue, "MAX_CHARACTERS_AT_ONCE", dict.fromkeys(catalogue.MAX_CHARACTERS_AT_ONCE, 0)
    )


@pytest.fixture
def drawn(monkeypatch):
    """The formats that were rendered, one entry each time."""
    calls, render = [], catalogue.renderers.render
    monkeypatch.setattr(
        catalogue.renderers,
        "render",
        lambda report, format, *rest: calls.append(format) or render(report, format, *rest),
    )
    return calls


def place(person, name="follow-up-table", at=None, **choices):
    order = ExportSpec(name=name, format="pdf", **choices)
    return background.enqueue(spec=order, title=name, actor=person, at=at or timezone.now())


def again(job):
    job.refresh_from_db()
    return job


def test_a_short_document_comes_at_once(renaksi, signed_in, cast):
    response = signed_in(cast.kadir).get(DOWNLOAD)
    assert response.getvalue().startswith(b"%PDF")
    assert "attachment" in response["Content-Disposition"]
    assert not ReportJob.objects.exists()


def test_a_long_one_is_made_by_the_worker_and_waits_for_its_owner(long, renaksi, signed_in, cast):
    client = signed_in(cast.kadir)
    page = client.get(DOWNLOAD, follow=True).content.decode()
    assert "Menunggu giliran" in page
    assert "Muat ulang" in page
    [task] = DBTaskResult.objects.ready()
    carry_out(task)  # long after the tab was closed
    job = ReportJob.objects.get()
    assert job.state == State.DONE
    page = client.get(job.get_absolute_url()).content.decode()
    assert "Unduh PDF" in page
    assert 'hx-trigger="every' not in page
    response = client.get(reverse("reports:job-file", args=[job.pk]))
    assert response.getvalue().startswith(b"%PDF")
    assert job.stored_file.file.name.startswith("dokumen/")
    assert "tindak-lanjut" in response["Content-Disposition"]
    assert "tindak-lanjut" not in job.stored_file.file.name


def test_asking_twice_orders_once(long, renaksi, signed_in, cast):
    first = signed_in(cast.kadir).get(DOWNLOAD).url
    assert signed_in(cast.kadir).get(DOWNLOAD).url == first


def test_a_third_has_to_wait_in_words(cast, renaksi, signed_in, long):
    place(cast.kadir, "score-comparison")
    place(cast.kadir, "consistency")
    with pytest.raises(WrongState, match="Dua dokumen Anda masih dibuat"):
        place(cast.kadir)
    assert signed_in(cast.kadir).get(DOWNLOAD).status_code == 409
    place(cast.laila)  # somebody else's do not count


def test_a_cancelled_one_makes_room_and_is_not_made(cast, evaluation, signed_in, drawn):
    job = place(cast.kadir)
    place(cast.kadir, "consistency")
    signed_in(cast.kadir).post(reverse("reports:job-cancel", args=[job.pk]))
    background.run(job.pk)
    assert again(job).state == State.CANCELLED
    assert drawn == []
    place(cast.kadir, "score-comparison")


def test_cancelling_stops_the_drawing(cast, renaksi, monkeypatch):
    job = place(cast.kadir)
    follow = pdf.followed

    def cancel_first(progress, expected):
        background.cancel(job=job, at=timezone.now())
        return follow(progress, expected)

    monkeypatch.setattr(pdf, "followed", cancel_first)
    background.run(job.pk)
    assert again(job).state == State.CANCELLED
    assert not StoredFile.objects.exists()


def test_what_is_finished_is_not_cancelled(cast, evaluation, signed_in):
    job = factories.make_job(cast.kadir, state="done")
    assert (
        signed_in(cast.kadir).post(reverse("reports:job-cancel", args=[job.pk])).status_code == 409
    )


def test_the_bar_moves_while_pages_are_drawn(cast, renaksi, monkeypatch):
    job = place(cast.kadir)
    told = []
    monkeypatch.setattr(
        background, "_Beat", lambda job: lambda stage, *counts: told.append((stage, *counts))
    )
    background.run(job.pk)
    assert (Stage.PAGES, 1, 2) in told
    shares = [percent_of(*counts) for counts in told]
    assert shares == sorted(shares)
    assert shares[-1] < 100


@pytest.mark.parametrize(
    ("percent", "seconds", "words"),
    [
        (5, 60, ""),
        (50, 2, ""),
        (50, 41, "± 40 detik"),
        (95, 60, "beberapa detik"),
        (20, 60, "± 4 menit"),
    ],
)
def test_what_remains_is_judged_by_what_it_took(percent, seconds, words):
    assert remaining(percent, seconds) == words


def test_what_can_not_be_made_says_why(cast, evaluation):
    job = place(cast.kadir, evaluation_id=999)
    background.run(job.pk)
    assert again(job).state == State.FAILED
    assert "LHE nomor 999 tidak ada" in job.error


def test_a_fault_of_the_program_is_no_riddle(cast, evaluation, monkeypatch, signed_in):
    monkeypatch.setattr(catalogue, "export_file", lambda *args, **kwargs: 1 / 0)
    job = place(cast.kadir)
    background.run(job.pk)
    page = signed_in(cast.kadir).get(job.get_absolute_url()).content.decode()
    assert "kesalahan program" in page
    assert "Minta sekali lagi" in page
    assert "division" not in page


def test_whose_worker_died_has_failed(cast, evaluation, signed_in):
    now = timezone.now()
    dead = factories.make_job(cast.kadir, state="running", beat_at=now - timedelta(minutes=6))
    alive = factories.make_job(cast.kadir, state="running", beat_at=now)
    page = signed_in(cast.kadir).get(dead.get_absolute_url()).content.decode()
    assert "Pembuatan terhenti" in page
    assert again(alive).state == State.RUNNING


def test_a_worker_taken_for_dead_changes_nothing_any_more(cast, renaksi, monkeypatch):
    job = place(cast.kadir)
    export_file = catalogue.export_file

    def slow(*args, **kwargs):
        DBTaskResult.objects.all().delete()
        background.sweep(timezone.now() + timedelta(minutes=6))
        return export_file(*args, **{**kwargs, "progress": None})

    monkeypatch.setattr(catalogue, "export_file", slow)
    background.run(job.pk)
    assert again(job).state == State.FAILED


def killed(job, *, attempts=1):
    """The worker of a job has been silent for half a minute, the last of so many."""
    [task] = DBTaskResult.objects.filter(args_kwargs__args=[job.pk])
    for number in range(attempts):
        task.claim(f"worker-{number}")
    silent = timezone.now() - timedelta(seconds=30)
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=silent)
    ReportJob.objects.filter(pk=job.pk).update(
        state=State.RUNNING, started_at=silent, beat_at=silent
    )
    return task


def test_a_killed_one_begins_again_by_itself(cast, evaluation, signed_in):
    job = place(cast.kadir)
    task = killed(job)
    worker.look_after(timezone.now())
    task.refresh_from_db()
    task.claim("worker-1")
    background.run(job.pk, attempt=2)
    assert again(job).state == State.DONE
    assert job.error == ""


def test_who_waits_reads_that_it_began_again(cast, evaluation, signed_in, monkeypatch):
    job = place(cast.kadir)
    killed(job)
    monkeypatch.setattr(background, "_make", lambda job: None)
    background.run(job.pk, attempt=2)
    assert "Dimulai lagi" in signed_in(cast.kadir).get(job.get_absolute_url()).text


def test_what_kills_every_worker_is_given_up_in_words(cast, evaluation, drawn):
    job = place(cast.kadir)
    task = killed(job, attempts=3)
    worker.revive(timezone.now())
    task.refresh_from_db()
    assert task.status == "READY"
    background.run(job.pk, attempt=4)
    assert (again(job).state, job.error) == (State.FAILED, background.GAVE_UP)
    assert drawn == []


def test_a_worker_that_was_only_slow_finishes_nothing_of_the_next(cast, evaluation, monkeypatch):
    """It comes back while another one has begun the same document again."""
    job = place(cast.kadir)
    make = background._make

    def begun_again_meanwhile(slow):
        monkeypatch.setattr(background, "_make", lambda job: None)
        background.run(job.pk, attempt=2)
        make(slow)

    monkeypatch.setattr(background, "_make", begun_again_meanwhile)
    background.run(job.pk)
    assert (again(job).state, job.error) == (State.RUNNING, background.RESTARTED)


def test_a_full_disk_is_told_in_words(cast, evaluation, monkeypatch):
    job = place(cast.kadir)

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    background.run(job.pk)
    assert again(job).state == State.FAILED
    assert "peladen penuh" in job.error


def test_nobody_waits_without_a_word(cast, evaluation, signed_in):
    job = factories.make_job(cast.kadir, created_at=timezone.now() - timedelta(minutes=2))
    page = signed_in(cast.kadir).get(job.get_absolute_url()).content.decode()
    assert "Belum ada yang mengerjakan" in page
    background.sweep(timezone.now() + timedelta(days=2))
    assert again(job).state == State.FAILED


def test_a_script_that_asks_again_gets_only_the_progress(cast, evaluation, signed_in):
    counts = {"stage": "pages", "done": 60, "total": 120}
    now = timezone.now()  # a beat that is minutes old would be that of a dead process
    times = {"started_at": now - timedelta(seconds=40), "beat_at": now}
    job = factories.make_job(cast.kadir, state="running", **counts, **times)
    response = signed_in(cast.kadir).get(job.get_absolute_url(), headers={"HX-Request": "true"})
    text = response.content.decode()
    assert 'value="51"' in text
    assert "Halaman 60 dari ± 120, tersisa ± 40 detik." in text
    assert "<html" not in text


def test_only_who_ordered_it_may_cancel_it(cast, evaluation, signed_in):
    job = factories.make_job(cast.kadir)
    address = reverse("reports:job-cancel", args=[job.pk])
    assert signed_in(cast.laila).post(address).status_code == 404
    signed_in(cast.kadir).post(address)
    assert again(job).state == State.CANCELLED
    assert "Dibatalkan" in signed_in(cast.kadir).get(reverse("reports:job-list")).text


def test_the_list_holds_the_own_documents(cast, evaluation, signed_in, django_assert_num_queries):
    factories.make_job(cast.laila, name="consistency")
    for _ in range(3):
        factories.make_job(cast.kadir)
    text = signed_in(cast.kadir).get(reverse("reports:job-list")).content.decode()
    assert text.count("Batalkan<") == 3


def test_the_list_looks_after_what_is_unfinished(cast, evaluation, signed_in, monkeypatch):
    ends, sweep = [], background.sweep
    monkeypatch.setattr(background, "sweep", lambda now: ends.append(now) or sweep(now))
    client, address = signed_in(cast.kadir), reverse("reports:job-list")
    silent = timezone.now() - timedelta(minutes=6)
    factories.make_job(cast.kadir, state="running", beat_at=silent)
    assert State.FAILED.label in client.get(address).text
    client.get(address)
    assert len(ends) == 1


def test_the_file_goes_with_the_right(cast, evaluation, signed_in, units):
    job = place(cast.kadir)
    background.run(job.pk)
    address = reverse("reports:job-file", args=[job.pk])
    assert signed_in(cast.kadir).get(address).getvalue().startswith(b"%PDF")
    cast.kadir.unit = units.dinas
    cast.kadir.save()
    response = signed_in(cast.kadir).get(address, follow=True)
    assert "Hak Anda berubah" in response.content.decode()


def test_old_files_and_jobs_go_away(cast, evaluation, django_capture_on_commit_callbacks):
    job = place(cast.kadir)
    background.run(job.pk)
    name = again(job).stored_file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        background.delete_old(
            timezone.now() + timedelta(days=settings.STORED_FILES_KEPT_DAYS, minutes=1)
        )
    assert not ReportJob.objects.exists()
    assert not StoredFile.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert not default_storage.exists(name)


@pytest.fixture
def started(db, monkeypatch, settings):
    settings.DOCUMENT_WORKER = "on-demand"
    worker.cache.clear()
    calls = []
    monkeypatch.setattr(worker, "start", lambda: calls.append(1))
    return calls


def test_an_order_starts_one_worker(started, cast, evaluation):
    place(cast.kadir)
    place(cast.kadir, "consistency")
    assert started == [1]


def test_a_worker_at_work_finds_the_next_order_itself(started, cast, evaluation):
    factories.make_job(cast.laila, state="running", beat_at=timezone.now())
    place(cast.kadir)
    assert started == []


def test_nobody_waits_for_a_dead_worker(started, cast, evaluation):
    factories.make_job(cast.laila, state="running", beat_at=timezone.now() - timedelta(minutes=2))
    place(cast.kadir)
    assert started == [1]


def test_a_waiting_page_calls_a_worker_again(started, cast, evaluation, signed_in):
    job = factories.make_job(cast.kadir)
    signed_in(cast.kadir).get(job.get_absolute_url())
    assert started == [1]
