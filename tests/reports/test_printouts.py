"""A document whose data did not change is not drawn again; whatever did change makes a new one."""

from datetime import date

import pytest

from recommendations.models import Note, Recommendation
from reports.exports import catalogue, stored_files
from reports.exports.catalogue import PRODUCTS, Order
from reports.models import Printout
from sakip.models import Letterhead
from tests import factories

TODAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)
TABLE = Order(name="follow-up-table", format="pdf")


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
    return stored_files.print_out(order, person, today=today)


def test_an_unchanged_document_is_drawn_once(drawn, renaksi, cast):
    first = fetch(cast.kadir)
    assert fetch(cast.kadir) == first
    assert fetch(cast.kadir, today=TOMORROW) == first
    assert drawn == ["pdf"]


def a_word(renaksi):
    type(renaksi).objects.filter(pk=renaksi.pk).update(follow_up="<p>Sudah lain.</p>")


def a_status(renaksi):
    type(renaksi).objects.filter(pk=renaksi.pk).update(status="done")


def another_row(renaksi):
    factories.make_renaksi(renaksi.recommendation, renaksi.lead_unit)


def one_row_less(renaksi):
    renaksi.evidence.all().delete()
    renaksi.delete()


def a_note(renaksi):
    Note.objects.create(recommendation=renaksi.recommendation, text="<p>Catatan</p>")


def the_letterhead(renaksi):
    unit = renaksi.recommendation.evaluation.unit
    Letterhead.objects.create(unit=unit, government="Pemerintah", body="Setda", address="Jalan")


def a_newer_evaluation(renaksi):
    evaluation = renaksi.recommendation.evaluation
    newer = factories.make_evaluation(evaluation.unit, 2023, rubric=evaluation.rubric)
    factories.make_recommendation(newer)


@pytest.mark.parametrize(
    "change",
    [a_word, a_status, another_row, one_row_less, a_note, the_letterhead, a_newer_evaluation],
)
def test_every_change_makes_a_new_one(change, drawn, renaksi, cast):
    first = fetch(cast.kadir)
    change(renaksi)
    assert fetch(cast.kadir) != first
    assert drawn == ["pdf", "pdf"]


def test_what_does_not_concern_it_makes_none(drawn, renaksi, cast, units):
    other = factories.make_evaluation(
        units.dinas, 2022, rubric=renaksi.recommendation.evaluation.rubric
    )
    first = fetch(cast.kadir)
    Recommendation.objects.filter(evaluation=other).update(text="<p>Lain</p>")
    factories.make_recommendation(other)
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
    assert fetch(cast.kadir, Order(name=TABLE.name, format="pdf", options={"paper": "A4"})) != first


def test_a_new_program_draws_anew(drawn, renaksi, cast, monkeypatch):
    first = fetch(cast.kadir)
    monkeypatch.setattr(stored_files, "program_version", lambda: "next")
    assert fetch(cast.kadir) != first


def test_a_lost_file_is_drawn_again(drawn, renaksi, cast):
    first = fetch(cast.kadir)
    first.file.storage.delete(first.file.name)
    assert fetch(cast.kadir) != first


def test_what_reads_differently_tomorrow_is_drawn_tomorrow(renaksi, cast):
    checks = Order(name="consistency", format="csv")
    assert fetch(cast.kadir, checks) == fetch(cast.kadir, checks)
    assert fetch(cast.kadir, checks) != fetch(cast.kadir, checks, today=TOMORROW)


def test_looking_costs_no_drawing_and_few_queries(
    drawn, renaksi, cast, django_assert_max_num_queries
):
    fetch(cast.kadir)
    with django_assert_max_num_queries(5):
        fetch(cast.kadir)


@pytest.mark.parametrize("name", sorted(PRODUCTS))
def test_every_product_is_found_again(name, renaksi, cast):
    factories.make_bare_telaah_staf(renaksi.recommendation.evaluation)
    for format_name in PRODUCTS[name].formats:
        order = Order(name=name, format=format_name)
        assert fetch(cast.kadir, order) == fetch(cast.kadir, order), format_name
    assert not Printout.objects.filter(key="").exists()
