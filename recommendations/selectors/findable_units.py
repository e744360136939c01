"""The search of the header finds units, and people in charge, by what the list of renaksi can show of them."""

from urllib.parse import urlencode

from recommendations.models import Renaksi
from recommendations.selectors.renaksi_choices import RenaksiChoices
from recommendations.selectors.renaksi_list import address
from sakip.finding.asked import Asked, has, says
from sakip.finding.kinds import FindableKind, FoundGroup, Hit, Wanted, counted, register
from sakip.finding.matching import like
from sakip.models import User
from sakip.roles import Role
from sakip.selectors.findable import NAMES, PERSON
from sakip.selectors.unit_tree import unit_tree

UNIT = FindableKind("unit", "Unit kerja", 6)


def find(user, asked: Asked, wanted: Wanted):
    """Nothing by the number of an item, which stands in no name."""
    if asked.item:
        return
    if wanted.has(UNIT):
        yield _units(user, asked, wanted)
    if wanted.has(PERSON) and user.role != Role.COORDINATOR:
        yield _people(user, asked, wanted)


def _units(user, asked, wanted):
    """Units by whose renaksi the reader may narrow the list. No query unless the reader is an operator."""
    tree = unit_tree(user)
    named = [pk for pk, own in tree.spelled.items() if has(own, asked.words)]
    offered = RenaksiChoices(user).units if named else ()
    keys = [pk for pk in named if pk in offered]
    hits = [_unit_hit(tree, tree.units[pk]) for pk in keys[: wanted.most]]
    return FoundGroup(UNIT, hits, **counted(keys))


def _unit_hit(tree, unit):
    above = tree.units.get(unit.parent_id)
    place = "" if unit.is_body or above is None else str(above)
    url = address(urlencode({"unit": unit.pk}))
    return Hit(url, unit.name, place, "" if unit.is_active else "Tidak aktif", [unit.short_name])


def _people(user, asked, wanted):
    """People in charge of a renaksi that the reader may see. Two queries."""
    people = like(User.objects.filter(is_superuser=False), asked, *NAMES).order_by("name", "pk")
    columns = people.values_list("pk", *NAMES)
    names = {pk: name for pk, name, username in columns if says(f"{name} {username}", asked.words)}
    rows = Renaksi.objects.visible_to(user).filter(person__in=[*names]).order_by()
    charged = set(rows.values_list("person", flat=True).distinct())
    keys = [pk for pk in names if pk in charged]
    hits = [
        Hit(address(urlencode({"petugas": pk})), names[pk], "Petugas rencana aksi")
        for pk in keys[: wanted.most]
    ]
    return FoundGroup(PERSON, hits, **counted(keys))


register(find, UNIT)
