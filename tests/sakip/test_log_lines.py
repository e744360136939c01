"""What the program writes into its log: every failure, who and how long, nothing secret or personal."""

import contextlib
import json
import logging
import uuid

import pytest
import structlog
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from sakip import background
from sakip.history import chain
from sakip.history.verifying import verify
from sakip.history.write import record, record_many
from sakip.management.commands import db_worker
from sakip.models import User
from sakip.operations import log_lines
from sakip.services.invitations import mail_invitations

SECRETS = ("19710808199103", "sari@example.go.id", "rahasia-sekali", "kata-cari")


WORKER = {
    "worker_id": "of-a-test", "verbosity": 1, "queue_name": "default", "interval": 0, "batch": True,
    "backend_name": "default", "startup_delay": False, "reload": False, "max_tasks": None,
    "exclude_queues": "",
}  # fmt: skip


class Kept(logging.Handler):
    """Keeps the lines, formatted when they are written: a traceback is gone afterwards."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.setFormatter(log_lines.formatter(as_json=True))

    def emit(self, record):
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def lines():
    """lines() returns what was logged since the test began."""
    kept = Kept()
    logging.getLogger().addHandler(kept)
    structlog.contextvars.clear_contextvars()
    yield lambda: kept.lines
    logging.getLogger().removeHandler(kept)


@pytest.fixture
def broken(monkeypatch):
    """The page of the history fails with words that must not be logged."""

    def fail(*args, **kwargs):
        raise RuntimeError("19710808 199103 2 007, 197108081991032007, sari@example.go.id")

    monkeypatch.setattr("reports.views.history.render", fail)


def test_a_failure_is_found_by_the_code_that_its_page_shows(signed_in, cast, broken, lines):
    client = signed_in(cast.kadir)
    client.raise_request_exception = False
    answer = client.get(reverse("reports:history"), {"teks": "kata-cari"})
    assert answer.status_code == 500
    [failure] = [line for line in lines() if line["level"] == "error"]
    assert failure["request_id"].partition("-")[0] in answer.text
    assert failure["user_id"] == cast.kadir.pk
    assert failure["request"] == f"GET {reverse('reports:history')}"
    assert failure["duration_ms"] >= 0
    assert "RuntimeError" in failure["exception"]
    assert not any(secret in json.dumps(line) for line in lines() for secret in SECRETS)


def test_every_answer_is_one_line(signed_in, cast, lines):
    signed_in(cast.kadir).get(reverse("reports:home"))
    [line] = lines()
    assert (line["event"], line["code"], line["user_id"]) == (
        "request_finished",
        200,
        cast.kadir.pk,
    )


def test_a_refusal_is_a_warning(signed_in, cast, renaksi, lines):
    signed_in(cast.umar).get(renaksi.get_absolute_url())
    assert [(line["level"], line["code"]) for line in lines()] == [("warning", 404)]


def test_a_refusal_names_the_page_and_the_record(signed_in, cast, renaksi, lines):
    signed_in(cast.umar).get(renaksi.get_absolute_url())
    [line] = lines()
    named = (line["refused"], line["pk"], line["user_id"])
    assert named == ("recommendations:renaksi-detail", renaksi.pk, cast.umar.pk)


def test_a_change_is_told_once_it_is_for_good(
    cast, units, lines, django_capture_on_commit_callbacks
):
    """As every service does it: who, what, which record; no name, no value."""
    with django_capture_on_commit_callbacks(execute=True):
        record(actor=cast.kadir, action="add_post", target=cast.rina, note="Rahasia")
        assert lines() == []
    [line] = lines()
    told = {name: line[name] for name in ("event", "action", "model", "record", "actor")}
    assert told == {
        "event": "recorded",
        "action": "add_post",
        "model": "sakip.user",
        "record": cast.rina.pk,
        "actor": cast.kadir.pk,
    }
    assert "Rahasia" not in str(line)
    assert cast.rina.name not in str(line)


def test_ten_thousand_rows_are_one_line(cast, lines, django_capture_on_commit_callbacks):
    people = [("edit", person, ()) for person in (cast.rina, cast.umar)]
    with django_capture_on_commit_callbacks(execute=True):
        record_many(actor=None, at=timezone.now(), batch=uuid.uuid4(), entries=people)
    assert [(line["action"], line["records"]) for line in lines()] == [("edit", 2)]


@pytest.mark.parametrize(
    "address",
    [("workbooks:export", "units"), ("reports:report-download", "follow-up-table", "csv")],
)
def test_what_leaves_the_program_is_told(signed_in, cast, renaksi, lines, address):
    name, *arguments = address
    b"".join(signed_in(cast.kadir).get(reverse(name, args=arguments)))
    [line] = [line for line in lines() if line["event"] == "exported"]
    assert line["user_id"] == cast.kadir.pk
    assert line["size"] > 0


@pytest.mark.parametrize(
    ("name", "error", "events"),
    [
        ("send_reminders", None, ["command_finished"]),
        ("send_reminders", ZeroDivisionError, ["command_failed"]),
        ("send_reminders", SystemExit(3), ["command_failed"]),
        ("shell", None, []),
    ],
)
def test_a_command_tells_how_it_ended(lines, name, error, events):
    with contextlib.suppress(SystemExit), log_lines.command([name, "--as", "rahasia-sekali"]):
        if error:
            raise error
    assert [line["event"] for line in lines()] == events
    assert "rahasia-sekali" not in str(lines())


def test_a_task_is_named_in_what_it_writes(transactional_db, lines, monkeypatch):
    monkeypatch.setattr(background, "_beat", lambda worker_id, over: None)
    mail_invitations.enqueue([])
    db_worker.Command().handle(**WORKER)
    [line] = [line for line in lines() if line["event"] == "task_finished"]
    assert (line["task"], line["status"]) == ("mail_invitations", "SUCCESSFUL")


@pytest.mark.parametrize("query", ["", "?%00"])
def test_a_key_in_the_address_is_not_written(client, db, lines, query):
    """Also when the answer comes before the page was found."""
    client.get(reverse("invitation-open", args=["rahasia-sekali"]) + query)
    assert "<token>" in lines()[-1]["request"]
    assert "rahasia-sekali" not in str(lines())


def test_a_key_in_an_address_that_is_not_there_is_not_written(client, db, lines):
    client.get(reverse("invitation-open", args=["rahasia-sekali-sungguh"])[:-1] + "./")
    client.get("/undangan-lama/rahasia-sekali-sungguh")
    assert "rahasia-sekali" not in str(lines())
    assert "/undangan-lama/<…>" in lines()[-1]["request"]


def test_the_key_of_a_reset_is_not_written_though_the_person_is_named_within_it(client, db, lines):
    names = {"uidb36": "1", "key": "d12rahasia-1sekali1"}
    client.get(reverse("account_reset_password_from_key", kwargs=names))
    assert "rahasia" not in str(lines())
    assert "/<uidb36>-<key>/" in lines()[-1]["request"]


@pytest.mark.parametrize("name", ["kadir", "rahasia-sekali"])
def test_signing_in_names_the_account_by_its_key(client, cast, lines, name):
    client.post(reverse("account_login"), {"login": name, "password": "salah sama sekali"})
    [said] = [line["event"] for line in lines() if line["logger"] == "sakip.sign_in.accounts"]
    whom = f"person {cast.kadir.pk}" if name == "kadir" else "no known account"
    assert said == f"Wrong password for {whom} from 127.0.0.1."
    assert "salah sama sekali" not in str(lines())


def test_who_signed_in_is_written(client, cast, lines):
    cast.kadir.set_password("kata sandi yang panjang")
    cast.kadir.save()
    given = {"login": "kadir", "password": "kata sandi yang panjang"}
    client.post(reverse("account_login"), given)
    User.objects.filter(pk=cast.kadir.pk).update(is_active=False)
    client.post(reverse("account_login"), given)
    told = [line["event"] for line in lines() if line["logger"] == "sakip.sign_in.accounts"]
    assert told == [
        f"Person {cast.kadir.pk} signed in from 127.0.0.1.",
        f"Person {cast.kadir.pk} is not active, refused from 127.0.0.1.",
    ]


def test_the_head_of_the_history_can_be_copied_out_of_the_log(cast, lines):
    record(actor=cast.kadir, action="edit", target=cast.rina)
    chain.log_head()
    [line] = [line for line in lines() if line["event"] == "history_head"]
    assert (line["head"], line["link"]) == (str(chain.head()), chain.head().link)
    assert verify(against=[line["head"]]).faults == []


def test_data_of_a_person_that_leave_are_told_with_whose_they_are(signed_in, cast, lines, tmp_path):
    signed_in(cast.rina).get(reverse("person-data-file"))
    call_command("export_person", cast.rina.username, str(tmp_path / "rina.json"))
    told = [line["person"] for line in lines() if line["event"] == "person_data_exported"]
    assert told == [cast.rina.pk, cast.rina.pk]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NIP 197108081991032007.", "NIP 1971…."),
        ("NIP 19710808 199103 2 007.", "NIP 1971…."),
        ("Sari <sari.b@example.go.id>", "Sari <…@example.go.id>"),
        ("1234567890123456789", "1234567890123456789"),
        ("2026-06-01T02:00:00.000000Z", "2026-06-01T02:00:00.000000Z"),
    ],
)
def test_numbers_and_addresses_of_people_are_masked(text, shown):
    assert log_lines.masked(text) == shown


def test_a_line_break_begins_no_new_line(caplog):
    logging.getLogger("sakip").warning("Nama: %s", "a\nb\r{}")
    formatter = log_lines.formatter(as_json=True)
    assert "\n" not in formatter.format(caplog.records[0])
