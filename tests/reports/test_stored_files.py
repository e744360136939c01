"""A document whose data did not change is not drawn again; whatever did change makes a new one."""

from datetime import date

import pytest
from django.utils import timezone

from recommendations.services import renaksi as services
from recommendations.services.evaluations import create_evaluation, edit_evaluation
from recommendations.services.recommendations import create_recommendation, write_note
from recommendations.workflow import perform
from reports.exports import catalogue, kept_layouts, stored_files, validity
from reports.exports.catalogue import EXPORTS, ExportSpec
from reports.models import StoredFile
from sakip.history.entries import HistoryEntry
from sakip.history.write import record
from sakip.models import Letterhead
from sakip.services.records import save_record
from tests import factories

TODAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)
TABLE = ExportSpec(name="follow-up-table", format="pdf")


@pytest.fixture
def drawn(monkeypatch):
    calls, render = [], catalogue.renderers.render
    monkeypatch.setattr(
        catalogue.renderers,
        "render",
        lambda report, format, *rest: calls.append(format) or render(report, format, *rest),
    )
    return calls


def fetch(person, order=TABLE, today=TODAY):
    """As a new request does it, with the person read anew."""
    person = type(person).objects.get(pk=person.pk)
    return stored_files.get_or_render(order, person, today=today)


def test_an_unchanged_document_is_drawn_once(drawn, renaksi, cast):
    first = fetch(cast.kadir)
    assert fetch(cast.kadir) == first
    assert fetch(cast.kadir, today=TOMORROW) == first
    assert drawn == ["pdf"]


def a_word(renaksi, by):
    services.write_follow_up(
        renaksi=renaksi, version=renaksi.version, follow_up="<p>Sudah lain.</p>", **by
    )


def a_status(renaksi, by):
    perform(action="submit", renaksi=renaksi, **by)


def another_row(renaksi, by):
    services.create_renaksi(
        recommendation=renaksi.recommendation, plan="<p>Lagi</p>", lead_unit=renaksi.lead_unit, **by
    )


def one_row_less(renaksi, by):
    renaksi.evidence.all().delete()
    services.delete_renaksi(renaksi=renaksi, **by)


def a_note(renaksi, by):
    write_note(recommendation=renaksi.recommendation, text="<p>Catatan</p>", **by)


def the_letterhead(renaksi, by):
    fields = {"government": "Pemerintah", "body": "Setda", "address": "Jalan"}
    unit = renaksi.recommendation.evaluation.unit
    save_record(record=Letterhead(unit=unit), **fields, **by)


def a_newer_evaluation(renaksi, by):
    evaluation = renaksi.recommendation.evaluation
    years = {"performance_year": 2023, "evaluation_year": 2024}
    newer = create_evaluation(unit=evaluation.unit, rubric=evaluation.rubric, **years, **by)
    component = renaksi.recommendation.component
    create_recommendation(evaluation=newer, number=1, component=component, text="<p>Baru</p>", **by)


@pytest.mark.parametrize(
    "change",
    [a_word, a_status, another_row, one_row_less, a_note, the_letterhead, a_newer_evaluation],
)
def test_every_change_makes_a_new_one(change, drawn, renaksi, cast):
    first = fetch(cast.kadir)
    writer = cast.rina if change in (a_word, a_status) else cast.kadir
    change(renaksi, {"actor": writer, "at": timezone.now()})
    assert fetch(cast.kadir) != first
    assert drawn == ["pdf", "pdf"]


def test_what_does_not_concern_it_makes_none(drawn, renaksi, cast, units):
    other = factories.make_evaluation(
        units.dinas, 2022, rubric=renaksi.recommendation.evaluation.rubric
    )
    first = fetch(cast.kadir)
    create_recommendation(
        evaluation=other,
        number=1,
        component=renaksi.recommendation.component,
        text="<p>Lain</p>",
        actor=cast.sari,
        at=timezone.now(),
    )
    assert fetch(cast.kadir) == first


def test_another_reader_never_gets_it(drawn, renaksi, cast):
    first = fetch(cast.kadir)
    assert fetch(cast.umar) != first
    assert fetch(cast.laila) != first


def test_other_rights_are_another_document(drawn, renaksi, cast, units):
    first = fetch(cast.rina)
    cast.rina.unit = units.umum
    cast.rina.save()
    assert fetch(cast.rina) != first


def test_other_paper_is_another_document(drawn, renaksi, cast):
    first = fetch(cast.kadir)
    assert (
        fetch(cast.kadir, ExportSpec(name=TABLE.name, format="pdf", options={"paper": "A4"}))
        != first
    )


def test_a_new_program_draws_anew(drawn, renaksi, cast, monkeypatch):
    first = fetch(cast.kadir)
    monkeypatch.setattr(validity, "program_version", lambda: "next")
    assert fetch(cast.kadir) != first


def test_a_lost_file_is_drawn_again(drawn, renaksi, cast):
    first = fetch(cast.kadir)
    first.file.storage.delete(first.file.name)
    assert fetch(cast.kadir) != first


def test_what_reads_differently_tomorrow_is_drawn_tomorrow(renaksi, cast):
    checks = ExportSpec(name="consistency", format="csv")
    assert fetch(cast.kadir, checks) == fetch(cast.kadir, checks)
    assert fetch(cast.kadir, checks) != fetch(cast.kadir, checks, today=TOMORROW)


def test_looking_costs_no_drawing_and_few_queries(
    drawn, renaksi, cast, django_assert_max_num_queries
):
    fetch(cast.kadir)
    with django_assert_max_num_queries(5):
        fetch(cast.kadir)


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_product_is_found_again(name, renaksi, cast):
    factories.make_bare_telaah_staf(renaksi.recommendation.evaluation)
    for format_name in EXPORTS[name].formats:
        order = ExportSpec(name=name, format=format_name)
        assert fetch(cast.kadir, order) == fetch(cast.kadir, order), format_name
    assert not StoredFile.objects.filter(key="").exists()


def test_what_begins_earlier_and_ends_later_is_noticed(drawn, renaksi, cast):
    """Its history has a smaller key than what was committed meanwhile."""
    newest = record(actor=cast.kadir, action="plan", target=renaksi)
    first = fetch(cast.kadir)
    late = HistoryEntry.objects.get(pk=newest.pk)
    late.pk, late._state.adding = newest.pk - 1_000, True
    late.save(force_insert=True)
    assert fetch(cast.kadir) != first


def test_an_evaluation_that_changes_its_body_concerns_both(renaksi, cast, units, evaluation):
    other = factories.make_evaluation(units.setda, 2020, rubric=evaluation.rubric)
    putri = factories.make_user("putri", "coordinator", units.province)
    trend = ExportSpec(name="score-trend", format="csv", evaluation_id=evaluation.pk)
    first = fetch(cast.kadir, trend)
    edit_evaluation(evaluation=other, unit=units.dinas, actor=putri, at=timezone.now())
    assert fetch(cast.kadir, trend) != first


def test_of_the_pages_of_a_long_document_only_the_last_are_kept(db, monkeypatch):
    for content in (b"old", b"new"):
        kept_layouts.save("key", content)
    kept_layouts.save("other", b"other")
    assert kept_layouts.load("key") == b"new"
    assert StoredFile.objects.count() == 2
    monkeypatch.setattr(validity, "program_version", lambda: "next")
    assert kept_layouts.load("key") is None
