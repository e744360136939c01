"""What the lists answer: pages, filters, figures as text, unchanged answers, CSV."""

import csv
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recommendations.models import Renaksi
from recommendations.workflow import perform
from sakip.history import version
from tests import factories, people

pytestmark = pytest.mark.usefixtures("evaluation")


def keys(ask, path="renaksi", **query):
    return [row["id"] for row in ask.items(path, **query)]


def submit(renaksi, person):
    perform(action="submit", renaksi=renaksi, actor=person, at=timezone.now())


def rows_of(answer):
    return list(csv.DictReader(b"".join(answer).decode().splitlines()))


@pytest.fixture
def ask(asking, cast):
    return asking(cast.kadir)


def test_an_evaluation_has_its_scores_as_text(ask, evaluation):
    [told] = ask.items("evaluations")
    assert (told["total"], told["grade"], told["performance_year"]) == ("73.90", "BB", 2022)
    first = told["scores"][0]
    assert (first["component"], first["weight"], first["score"]) == (
        "perencanaan",
        "30.00",
        "22.20",
    )
    assert first["percent_of_weight"] == "74.00"


def test_a_page_has_a_next_one_until_the_end(ask, recommendation, units):
    made = [factories.make_renaksi(recommendation, units.umum).pk for _ in range(5)]
    first = ask("renaksi", limit=2).json()
    assert [row["id"] for row in first["items"]] == made[:2]
    assert first["next"].startswith("http://testserver/api/v1/renaksi?")
    assert keys(ask, limit=2) == keys(ask, limit=5) == keys(ask, limit=500) == made
    assert ask("renaksi", after=made[-1]).json() == {"items": [], "next": None}


def test_filters_are_those_of_the_list_on_screen(ask, recommendation, units, evaluation):
    today = timezone.localdate()
    late = factories.make_renaksi(recommendation, units.umum, due_date=today - timedelta(days=3))
    done = factories.make_renaksi(recommendation, units.organisasi, status="done")
    helped = factories.make_renaksi(recommendation, units.organisasi, supporting=[units.umum])
    everything = [late.pk, done.pk, helped.pk]
    for query, expected in (
        ({"late": "true"}, [late.pk]),
        ({"late": "false"}, [done.pk, helped.pk]),
        ({"status": "done"}, [done.pk]),
        ({"status": "unfinished"}, [late.pk, helped.pk]),
        ({"unit": units.umum.pk}, [late.pk, helped.pk]),
        ({"unit": units.setda.pk}, everything),
        ({"body": units.setda.pk}, everything),
        ({"body": units.dinas.pk}, []),
        ({"year": 2022}, everything),
        ({"year": 2021}, []),
        ({"component": "perencanaan"}, everything),
        ({"component": "capaian"}, []),
        ({"evaluation": evaluation.pk, "status": "done"}, [done.pk]),
    ):
        assert keys(ask, **query) == expected, query
    told = ask(f"renaksi/{late.pk}").json()
    assert (told["is_late"], told["days_late"], told["number"]) == (True, 3, "1.a")


@pytest.mark.parametrize(
    ("query", "parameter", "sentence"),
    [
        ({"year": "dua ribu"}, "year", "Tulis bilangan bulat, misalnya 12."),
        ({"year": "1999"}, "year", "Paling kecil 2000."),
        ({"limit": "501"}, "limit", "Paling besar 500."),
        ({"late": "barangkali"}, "late", "Tulis true atau false."),
        ({"stats": "open"}, "stats", "Parameter ini tidak dikenal."),
        ({"status": "selesai"}, "status", "Pilih salah satu: 'open', "),
        ({"updated_since": "kemarin"}, "updated_since", "Tulis waktu menurut ISO 8601"),
        *(
            ({"updated_since": moment}, "updated_since", "Tulis waktu dari tahun 2000 sampai 2100.")
            for moment in (
                "0001-01-01T00:00:00",
                "0001-01-01T00:00:00+23:00",
                "9999-12-31T23:59:59-23:00",
            )
        ),
        ({"component": "x" * 41}, "component", "Paling panjang 40 karakter."),
    ],
)
def test_a_wrong_parameter_is_named_with_what_to_write(ask, query, parameter, sentence):
    answer = ask("renaksi", **query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    [error] = answer.json()["errors"]
    assert error["parameter"] == parameter
    assert error["detail"].startswith(sentence)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"unit": 999_999}, "Unit 999999 tidak ada."),
        ({"component": "x"}, "Komponen “x” tidak ada."),
    ],
)
def test_an_unknown_value_is_no_empty_list(ask, query, sentence):
    answer = ask("renaksi", **query)
    assert (answer.status_code, sentence in answer.json()["detail"]) == (400, True)


def test_an_unknown_address_and_a_stranger_are_told_in_words(ask, client):
    assert ask("rencana").json()["status"] == 404
    assert ask("renaksi/999999").json()["detail"].startswith("Tidak ada rencana aksi")
    assert ask("renaksi/\0").status_code == 400
    assert ask("renaksi", component="\0").json()["status"] == 400
    assert client.get("/api/v1/renaksi").json()["title"] == "Token diperlukan"


def test_what_changed_since(ask, cast, recommendation, units):
    renaksi = people.make_renaksi(recommendation, units)
    factories.make_renaksi(recommendation, units.umum)
    before = timezone.now()
    assert keys(ask, updated_since=before.isoformat()) == []
    submit(renaksi, cast.rina)
    assert keys(ask, updated_since=before.isoformat()) == [renaksi.pk]
    assert keys(ask, "evidence", updated_since=before.isoformat()) == [renaksi.evidence.get().pk]
    told = ask(f"renaksi/{renaksi.pk}").json()
    assert (told["status"], told["status_name"], told["is_claimed"]) == (
        "submitted",
        "Menunggu reviu",
        True,
    )


def test_figures_of_an_indicator_are_those_of_the_table(ask, units):
    objective = factories.make_objective(units.setda)
    values = {2021: "70.8333", 2022: "74.7623", 2023: None}
    indicator = factories.make_indicator(objective, units.umum, values=values)
    indicator.targets.create(year=2022, value="80")
    rows = {row["year"]: row for row in ask.items("indicator-years")}
    assert (rows[2022]["realisation"], rows[2022]["change"]) == ("74.7623", "5.55")
    assert (rows[2022]["target"], rows[2022]["achievement"]) == ("80.00", "93.45")
    assert (rows[2023]["realisation"], rows[2023]["missing"]) == (None, "not_released")
    assert [row["year"] for row in ask.items("indicator-years", year=2021)] == [2021]


def test_summary_figures_of_bodies_and_units(ask, recommendation, units):
    factories.make_renaksi(recommendation, units.umum, status="done")
    factories.make_renaksi(recommendation, units.umum, due_date=date(2020, 1, 1))
    factories.make_renaksi(recommendation, units.organisasi, status="submitted")
    [body] = ask.items("body-figures")
    told = ("total", "countable", "claimed", "verified", "late", "oldest_due")
    assert [body[name] for name in told] == [3, 3, 2, 1, 1, "2020-01-01"]
    counts = {row["unit"]: row["total"] for row in ask.items("unit-figures")}
    assert counts == {units.umum.pk: 2, units.organisasi.pk: 1}


# ── Unchanged ───────────────────────────────────────────────────────────────────────────────────
def test_an_unchanged_list_is_not_read_again(ask, asking, cast, recommendation, units):
    renaksi = people.make_renaksi(recommendation, units)
    other = asking(cast.rina)  # who sees the same records
    first = ask("renaksi")
    seen = {"If-None-Match": first["ETag"]}
    with CaptureQueriesContext(connection) as queries:
        same = ask("renaksi", headers=seen)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert not [one for one in queries if "recommendations_renaksi" in one["sql"]]
    assert ask("renaksi", headers=seen, status="open").status_code == 200  # another question
    assert other("renaksi", headers=seen).status_code == 200  # another reader
    submit(renaksi, cast.rina)
    changed = ask("renaksi", headers=seen)
    assert (changed.status_code, changed.json()["items"][0]["status"]) == (200, "submitted")


def test_a_day_makes_late_what_nobody_touched(ask, recommendation, units, passing):
    tomorrow = timezone.localdate() + timedelta(days=1)
    factories.make_renaksi(recommendation, units.umum, due_date=tomorrow)
    seen = {"If-None-Match": ask("renaksi")["ETag"]}
    passing(2 * 24 * 60)
    answer = ask("renaksi", headers=seen)
    assert (answer.status_code, answer.json()["items"][0]["is_late"]) == (200, True)


def test_without_the_state_of_the_data_nothing_is_called_unchanged(ask, monkeypatch):
    tag = ask("units")["ETag"]
    monkeypatch.setattr(version, "current", lambda: None)
    answer = ask("units", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.has_header("ETag")) == (200, False)


def test_an_answer_is_compressed_and_kept_by_nobody_else(ask):
    answer = ask("units", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────
def test_every_list_is_a_csv_file_with_the_same_records(ask, recommendation, units, monkeypatch):
    monkeypatch.setattr("api.v1.lists.CHUNK", 2)
    for _ in range(5):
        renaksi = factories.make_renaksi(recommendation, units.umum, supporting=[units.setda])
    answer = ask("renaksi", format="csv", limit=1)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(answer)
    assert [int(row["id"]) for row in rows] == keys(ask)
    assert rows[-1]["supporting_units"] == str(units.setda.pk)
    assert (rows[-1]["is_late"], rows[-1]["due_date"]) == ("false", "")
    assert {*rows[0]} == {*ask(f"renaksi/{renaksi.pk}").json()}


def test_no_cell_becomes_a_formula_and_figures_stay_figures(ask, units, recommendation):
    factories.make_renaksi(recommendation, units.umum, follow_up="<p>=HYPERLINK(1)</p>")
    assert rows_of(ask("renaksi", format="csv"))[0]["follow_up"] == "'=HYPERLINK(1)"
    objective = factories.make_objective(units.setda)
    factories.make_indicator(objective, units.umum, values={2022: "-3.5"})
    assert rows_of(ask("indicator-years", format="csv"))[0]["realisation"] == "-3.50"


def test_the_scores_of_an_evaluation_are_one_cell(ask):
    [row] = rows_of(ask("evaluations", format="csv"))
    assert row["scores"].startswith("perencanaan · Perencanaan Kinerja · 30.00 · 22.20 · 74.00")


# ── Cost ────────────────────────────────────────────────────────────────────────────────────────
def test_more_rows_cost_no_more_queries(asking, cast, units, evaluation, monkeypatch):
    monkeypatch.setattr("api.services.allowance.HANDFUL", 600)  # once for all
    readers = [asking(cast.kadir), asking(cast.rina)]

    def grow(number):
        recommendation = factories.make_recommendation(evaluation, component="capaian")
        objective = factories.make_objective(units.setda, number)
        for _ in range(5):
            factories.make_renaksi(recommendation, units.organisasi, supporting=[units.umum])
            factories.make_indicator(objective, units.umum, values={2022: 1, 2023: 2})
            factories.make_evidence(Renaksi.objects.latest("pk"))
        factories.make_issued(units.setda, cast.kadir, str(number))
        factories.make_evaluation(units.setda, 2000 + number, rubric=evaluation.rubric)

    def counts():
        found = {}
        for number, ask in enumerate(readers):
            for path in PATHS:
                ask(path)  # renews what is kept
                with CaptureQueriesContext(connection) as queries:
                    assert ask(path).status_code == 200
                found[number, path] = len(queries)
        return found

    grow(1)
    few = counts()
    for number in (2, 3, 4):
        grow(number)
    assert counts() == few
    assert max(few.values()) <= 16


PATHS = (
    "bodies", "units", "evaluations", "recommendations", "renaksi", "evidence", "indicators",
    "indicator-years", "body-figures", "unit-figures", "reports",
)  # fmt: skip
