"""The LKE's criterion “rekomendasi ditindaklanjuti”: bands, standing, and the page that sets them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from recommendations.rules.follow_up_bands import USUAL_BANDS, Band, problems, standing
from recommendations.rules.progress import Progress
from recommendations.services.follow_up_bands import save_follow_up_bands
from sakip.models import HistoryEntry
from tests import factories


@pytest.mark.parametrize(
    ("verified", "label", "more"),
    [
        (0, "e", 2),
        (1, "e", 1),
        (2, "d", 3),
        (4, "d", 1),
        (7, "c", 1),
        (8, "b", 2),
        (9, "b", 1),
        (10, "a", None),
    ],
)
def test_the_verified_share_decides(verified, label, more):
    found = standing(Progress(countable=10, claimed=10, verified=verified), USUAL_BANDS, Decimal(3))
    assert (found.band.label, found.more) == (label, more)


def test_points_are_a_share_of_what_the_rubric_gives():
    found = standing(Progress(10, 10, 8), USUAL_BANDS, Decimal(3))
    assert (found.points, found.better_points) == (Decimal("2.25"), 3)
    assert standing(Progress(10, 10, 8), USUAL_BANDS, None).points is None
    assert standing(Progress(), USUAL_BANDS, None) is None


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([("a", 90, 100)], "paling sedikit dua"),
        ([("a", 90, 100), ("b", 10, 0)], "pita terakhir saja"),
        ([("a", None, 100), ("b", None, 0)], "pita terakhir saja"),
        ([("a", 50, 100), ("b", 60, 50), ("c", None, 0)], "lebih rendah"),
        ([("a", 50, 50), ("b", None, 60)], "tidak boleh melebihi"),
        ([("a", 50, 50), ("a", None, 10)], "sekali"),
    ],
)
def test_bands_that_cannot_be_read_are_refused(rows, says):
    assert says in problems([Band(*row) for row in rows])[0]


def test_saving_replaces_and_tells(units, cast):
    rubric = factories.make_rubric(unit=units.setda)
    bands = [Band("A", Decimal(80), Decimal(100)), Band("B", None, Decimal(0))]
    arguments = {"rubric": rubric, "actor": cast.kadir, "at": timezone.now(), "bands": bands}
    save_follow_up_bands(**arguments, follow_up_weight=Decimal(3))
    assert [row.label for row in rubric.follow_up_bands.all()] == ["A", "B"]
    entry = HistoryEntry.objects.about(rubric).get()
    assert [row[0] for row in entry.in_words if "Pita" in row[0]] == ["Pita kriteria tindak lanjut"]
    save_follow_up_bands(**arguments, follow_up_weight=Decimal(3))
    assert HistoryEntry.objects.about(rubric).count() == 1
    with pytest.raises(ValidationError):
        save_follow_up_bands(**arguments | {"bands": bands[:1]}, follow_up_weight=None)
    assert rubric.follow_up_bands.count() == 2


def sent(*rows, weight="3"):
    data = {"follow_up_weight": weight, "form-TOTAL_FORMS": "8", "form-INITIAL_FORMS": "8"}
    data["version"] = "0"
    for number, (label, above, share) in enumerate(rows):
        data |= {
            f"form-{number}-label": label,
            f"form-{number}-above": above,
            f"form-{number}-share": share,
        }
    return data


def test_the_page_offers_the_usual_bands_and_keeps_what_is_wrong(units, cast, signed_in):
    rubric = factories.make_rubric(unit=units.setda)
    address = reverse("recommendations:rubric-bands", args=[rubric.pk])
    client = signed_in(cast.kadir)
    assert 'value="90,00"' in client.get(address).content.decode()
    wrong = client.post(address, sent(("a", "50", "100"), ("b", "60", "50"), ("c", "", "0")))
    assert "harus lebih rendah" in wrong.content.decode()
    assert not rubric.follow_up_bands.exists()
    client.post(address, sent(("a", "87,5", "100"), ("b", "", "50")))
    assert [row.above for row in rubric.follow_up_bands.all()] == [Decimal("87.50"), None]


def test_the_simulation_shows_it_to_those_who_see_the_whole(evaluation, renaksi, cast, signed_in):
    type(renaksi).objects.update(status="done")
    address = reverse("recommendations:evaluation-simulation", args=[evaluation.pk])
    text = " ".join(signed_in(cast.laila).get(address).content.decode().split())
    assert "Itu jawaban tertinggi" in text
    assert "rencana aksi (100 %): jawaban" in text
    assert "Indikatif" not in signed_in(cast.rina).get(address).content.decode()
