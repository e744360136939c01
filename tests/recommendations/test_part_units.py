"""What a form offers and what a service accepts is one rule."""

from recommendations.selectors import part_units
from sakip.models import Unit
from tests import factories


def test_the_form_offers_what_the_service_accepts(units):
    factories.make_unit("Biro Lama", parent=units.setda, is_active=False)
    beneath = Unit.objects.beneath([units.setda.pk])
    accepted = {
        unit
        for unit in Unit.objects.all()
        if not part_units.refusal(unit, units.setda, lambda unit: unit.pk in beneath)
    }
    assert accepted == set(part_units.choosable(units.setda.pk))
    assert units.organisasi in accepted
    assert units.dinas not in accepted


def test_a_refusal_says_what_to_choose_instead(units):
    def refusal(**how):
        return part_units.refusal(units.dinas, units.setda, lambda unit: False, **how)

    assert refusal() == "Dinas Pariwisata bukan bagian dari Sekretariat Daerah."
    assert refusal(advise=True) == f"{refusal()} Pilih unit di bawahnya."
