"""The list read by its indexes: the same rows as plain filters and a sort give, and no row read in vain."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import ExtensionRequest, Recommendation, Renaksi, ReviewDecision
from recommendations.selectors import renaksi_paths, renaksi_reach, renaksi_walk, search
from recommendations.selectors.renaksi_choices import RenaksiChoices
from recommendations.selectors.renaksi_list import SORT_CHOICES
from sakip.models import User
from sakip.paging import page_of
from sakip.roles import Role
from tests import factories

LENGTH = 7
ONE_OF = 12  # of all readers, filters and orders only so many meet here; all of them did, once
ORDERS = [name for name, _ in SORT_CHOICES]
STATUSES = Renaksi.Status.values


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def many(units, cast, today):
    """Ninety renaksi of three bodies and two years, whose parts some foreign units have; who reads them."""
    make_unit, day = factories.make_unit, timedelta(days=1)
    bodies = [units.setda, units.dinas, make_unit("Badan", parent=units.province, kind="badan")]
    fields = [make_unit("Bidang", parent=body) for body in bodies[1:]]
    leads = [units.organisasi, units.umum, *fields, units.dinas]
    rubric = factories.make_rubric()
    recommendations = [
        factories.make_recommendation(evaluation)
        for body in bodies
        for year in (2021, 2022)
        for evaluation in [factories.make_evaluation(body, year, rubric=rubric)]
        for _ in range(2)
    ]
    Recommendation.objects.filter(number=2).update(component=None)
    rows = []
    for at in range(90):
        recommendation = recommendations[at * 7 % len(recommendations)]
        at_home = [one for one in leads if one.parent_id == recommendation.evaluation.unit_id]
        lead = leads[at % 5] if at % 9 == 0 else at_home[at % len(at_home)]
        status = STATUSES[at % 6]
        rows.append(
            factories.make_renaksi(
                recommendation,
                lead,
                status=status,
                not_actionable_reason="Tidak berlaku" if status == "not_actionable" else "",
                due_date=None if at % 11 == 0 else today + (at % 40 - 20) * day,
                supporting=[leads[(at + 3) % 5]] if at % 4 == 0 else [],
                plan=f"<p>{'Pedoman' if at % 3 else 'Laporan'} {at}</p>",
                person=cast.rina if at % 13 == 0 else None,
            )
        )
    for row in rows[::5]:
        factories.make_evidence(row)
    for row in rows[1::8]:
        ReviewDecision.objects.create(
            renaksi=row,
            evaluator=cast.dewi,
            decided_at=timezone.now(),
            outcome="returned",
            reason="incomplete",
        )
    ExtensionRequest.objects.create(
        renaksi=rows[6],
        new_date=today,
        reason="Sakit",
        requested_by=cast.rina,
        requested_at=timezone.now(),
    )
    search.refresh(row.pk for row in rows)
    two = factories.make_user("ema", Role.EVALUATOR, units.inspektorat)
    two.assigned_bodies.set(bodies[:2])
    readers = {
        "everything": cast.dewi,
        "the province": factories.make_user("gita", Role.LEADER, units.province),
        "two bodies": two,
        "one body": cast.kadir,
        "another body": cast.sari,
        "one unit": cast.rina,
        "a field": factories.make_user("feri", Role.OPERATOR, fields[0]),
        "nothing": factories.make_user("nono", ""),
    }
    return SimpleNamespace(bodies=bodies, fields=fields, rows=rows, readers=readers)


def filters(many, units):
    evaluation = many.rows[0].recommendation.evaluation
    component = factories.make_component("perencanaan")
    return [
        {},
        {"status": "unfinished"},
        {"status": "submitted"},
        {"status": "countable", "batas": "overdue"},
        {"batas": "overdue"},
        {"batas": "late-30"},
        {"batas": "soon"},
        {"batas": "none"},
        {"evaluasi": evaluation.pk},
        {"tahun": 2021, "status": "claimed"},
        {"perangkat": many.bodies[0].pk},
        {"perangkat": many.bodies[1].pk, "tahun": 2022},
        {"lhe_terakhir": "on"},
        {"komponen": component.pk},
        {"tanpa_komponen": "on", "batas": "none"},
        {"unit": units.organisasi.pk},
        {"unit": units.organisasi.pk, "peran": "support"},
        {"unit": units.setda.pk},
        {"unit": units.setda.pk, "peran": "lead", "status": "closed"},
        {"unit": units.setda.pk, "peran": "support"},
        {"unit": units.province.pk, "tanpa_bukti": "on"},
        {"unit": units.dinas.pk, "unit_saja": "on"},
        {"dikembalikan": "on"},
        {"perpanjangan": "on"},
        {"q": "pedoman"},
        {"q": "lapor 3", "status": "unfinished"},
    ]


def shown(walk, address=""):
    return page_of(walk, QueryDict(address.removeprefix("?")), length=LENGTH)


@pytest.mark.parametrize("scarce", [False, True])
def test_every_reader_gets_the_rows_of_the_plain_list(
    many, units, today, settings, monkeypatch, scarce
):
    if scarce:  # so that what is read whole for few rows is read by ranges here
        settings.MOST_COUNTED = 5
        monkeypatch.setattr(renaksi_paths, "MOST_SORTED", 4)
        monkeypatch.setattr(renaksi_reach, "MOST_NAMED", 4)
        monkeypatch.setattr(renaksi_paths, "MOST_BESIDE", 1)
        monkeypatch.setattr(renaksi_walk, "FIRST_RANGES", 2)
    every = product(enumerate(many.readers.items()), enumerate(filters(many, units)), range(4))
    for (at, (reader, user)), (place, query), by in every:
        if (at + place + 5 * by + 6 * scarce) % ONE_OF:
            continue
        data = QueryDict(urlencode(query | {"urut": ORDERS[by]}))
        form = FilterForm(data, user=User.objects.get(pk=user.pk))
        expected = list(form.rows(today).values_list("pk", flat=True))
        about = (reader, data.urlencode())
        first = shown(form.walk(today))
        assert [row.pk for row in first] == expected[:LENGTH], about
        assert first.is_long == (len(expected) > settings.MOST_COUNTED), about
        assert first.is_long or first.count == len(expected), about
        if first.next_link:
            second = shown(form.walk(today), first.next_link)
            assert [row.pk for row in second] == expected[LENGTH : 2 * LENGTH], about
            back = shown(form.walk(today), second.previous_link)
            assert back.rows == first.rows, about


@pytest.mark.parametrize("most", [0, renaksi_reach.MOST_NAMED])
def test_the_reach_of_units_is_what_their_reader_may_see(many, monkeypatch, most):
    monkeypatch.setattr(renaksi_reach, "MOST_NAMED", most)
    for who in ("two bodies", "one body", "another body"):
        reader = User.objects.get(pk=many.readers[who].pk)
        reached = renaksi_reach.UnitReach.of(reader.reach)
        assert reached.elsewhere, who
        assert reached.names_all == bool(most)
        seen = set(Renaksi.objects.visible_to(reader))
        assert set(Renaksi.objects.filter(reached.rows("pk"))) == seen, who
        assert RenaksiChoices(reader).reached.bodies == reached.bodies
