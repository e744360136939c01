"""What the page that enters an LHE like a table shows: its stored lines, and the names that its cells may hold."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from recommendations.models import Component, Evaluation, Recommendation, Renaksi
from recommendations.models.renaksi import has_part
from recommendations.rules.evaluation_table import (
    POINT,
    RECOMMENDATION,
    RENAKSI,
    EntryLine,
    lettered,
)
from recommendations.transitions import WORKABLE
from sakip import notation
from sakip.dates import format_date
from sakip.forms.unit_choices import told_apart
from sakip.models import Unit, User
from sakip.numbers import list_letter

SEPARATOR = ";"
LOCKED = {
    "submitted": "Terkunci: menunggu reviu. Isinya dapat diubah setelah dikembalikan atau ditarik kembali.",
    "done": "Terkunci: sudah tuntas. Isinya dapat diubah setelah dibuka kembali.",
    "not_actionable": "Terkunci: tidak dapat ditindaklanjuti. Isinya dapat diubah setelah dibuka kembali.",
}


class Names:
    """Finds a record by one of the words that people write for it, without regard to case and blanks.

    `labels` are the words shown for each record, all different.
    """

    def __init__(self, noun: str, labels: dict, words: Callable[[Any], Iterable[str]]):
        self.noun, self.labels, self.found = noun, labels, defaultdict(list)
        for record, label in labels.items():
            for word in {_folded(word) for word in (label, *words(record)) if word}:
                self.found[word].append(record)

    def find(self, text: str):
        """Raises ValueError with a sentence that says what to write instead."""
        found = self.found.get(_folded(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(sorted(f"“{self.labels[record]}”" for record in found)[:5])
            raise ValueError(f"{self.noun} “{text}” lebih dari satu. Tulis salah satu: {names}.")
        near = get_close_matches(_folded(text), self.found, n=1, cutoff=0.75)
        hint = f"Mungkin maksudnya “{self.labels[self.found[near[0]][0]]}”." if near else ""
        raise ValueError(f"{self.noun} “{text}” tidak dikenal. {hint or 'Pilih nama dari daftar.'}")


def _folded(text):
    return " ".join(str(text).casefold().split())


class EntryNames:
    """The units, people and components that the lines of one LHE may name. A flat number of queries.

    Units are those of the body, and those that its stored renaksi have already.
    """

    def __init__(self, evaluation: Evaluation):
        self.body = evaluation.unit
        self.beneath = Unit.objects.beneath([evaluation.unit_id])
        self.units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=self.beneath)}
        labels = told_apart(self.units.values())
        self.unit_names = Names(
            "Unit",
            {unit: labels[pk] for pk, unit in self.units.items()},
            lambda unit: (unit.name, unit.short_name, unit.code),
        )
        active = [unit.pk for unit in self.units.values() if unit.is_active]
        people = User.objects.operators(active).prefetch_related("other_posts__unit")
        self.places = {person: person.unit_within(self.beneath) for person in people}
        self.person_names = Names("Petugas", _people_apart(self.places), self._words_of_person)
        self.components = list(Component.objects.all())
        self.component_names = Names(
            "Komponen",
            {one: one.name for one in self.components},
            lambda one: (one.code, *one.aliases.splitlines()),
        )

    @property
    def offered_units(self) -> list[tuple[str, str]]:
        """Label and full name of each unit that may be given a part."""
        return [
            (label, unit.name) for unit, label in self.unit_names.labels.items() if unit.is_active
        ]

    @property
    def offered_people(self) -> list[tuple[str, str]]:
        labels = self.person_names.labels.items()
        return [(label, str(self.places[person])) for person, label in labels]

    def unit_label(self, unit) -> str:
        return self.unit_names.labels.get(unit) or str(unit)

    def units_text(self, renaksi) -> str:
        """The lead unit, then the supporting ones."""
        supporting = sorted(map(self.unit_label, renaksi.supporting_units.all()))
        return f"{SEPARATOR} ".join([self.unit_label(renaksi.lead_unit), *supporting])

    def person_text(self, person) -> str:
        if person is None:
            return ""
        return self.person_names.labels.get(person) or str(person)

    def find_units(self, text: str) -> list[Unit]:
        words = text.replace("\n", SEPARATOR).split(SEPARATOR)
        return [unit for word in words if word.strip() for unit in self._units_of(word.strip())]

    def _units_of(self, text) -> list[Unit]:
        """One name, or names between commas; a name may hold a comma itself."""
        try:
            return [self.unit_names.find(text)]
        except ValueError:
            parts = [part.strip() for part in text.split(",") if part.strip()]
            if len(parts) < 2:
                raise
            return [self.unit_names.find(part) for part in parts]

    def _words_of_person(self, person):
        return str(person), f"{person} ({self.places[person]})", person.username, person.nip

    def find_person(self, text: str, units) -> User:
        """Of people with one name it takes the only one who belongs to `units`."""
        found = self.person_names.found.get(_folded(text), [])
        fitting = [person for person in found if has_part(person, units)]
        return fitting[0] if len(fitting) == 1 else self.person_names.find(text)


def _people_apart(places) -> dict[User, str]:
    """Different words for the people: the name, where needed with the unit, or else with the user name."""
    people = list(places)
    labels = {person: str(person) for person in people}
    for name in (lambda one: f"{one} ({places[one]})", lambda one: f"{one} ({one.username})"):
        twice = [person for person in people if list(labels.values()).count(labels[person]) > 1]
        labels |= {person: name(person) for person in twice}
    return labels


def stored_recommendations(evaluation, rows=Recommendation.objects) -> list[Recommendation]:
    """The recommendations with points and renaksi, by number; `listed` are the renaksi. Five queries."""
    found = list(
        rows.filter(evaluation=evaluation)
        .select_related("component")
        .prefetch_related("points")
        .order_by("number")
    )
    by_key = {one.pk: one for one in found}
    for one in found:
        one.evaluation, one.listed = evaluation, []
    renaksi = Renaksi.objects.filter(recommendation__in=by_key).select_related(
        "lead_unit", "person__unit"
    )
    for one in renaksi.prefetch_related("supporting_units").order_by("position"):
        one.recommendation = by_key[one.recommendation_id]
        one.recommendation.listed.append(one)
    return found


def stored_lines(recommendations, directory: EntryNames) -> list[EntryLine]:
    """The lines of these recommendations, as `stored_recommendations` returns them. No query."""
    lines = []
    for one in recommendations:
        points = list(one.points.all())
        lines.append(head_line(one))
        lines += [point_line(point) for point in points]
        lines += [renaksi_line(renaksi, points, directory) for renaksi in one.listed]
    return lettered(lines)


def head_line(recommendation) -> EntryLine:
    line = EntryLine(
        RECOMMENDATION,
        number=str(recommendation.number),
        text=notation.from_html(recommendation.text),
        component=str(recommendation.component or ""),
        address=recommendation.get_absolute_url(),
    )
    return line.stamped(recommendation.pk, [point.pk for point in recommendation.points.all()])


def point_line(point) -> EntryLine:
    return EntryLine(POINT, text=notation.from_html(point.text)).stamped(point.pk)


def renaksi_line(renaksi, points, directory: EntryNames) -> EntryLine:
    places = {point.pk: place for place, point in enumerate(points, 1)}
    place = places.get(renaksi.point_id)
    locked = "" if renaksi.status in WORKABLE else LOCKED[renaksi.status]
    return EntryLine(
        RENAKSI,
        number=list_letter(place) if place else "",
        text=notation.from_html(renaksi.plan),
        units=directory.units_text(renaksi),
        person=directory.person_text(renaksi.person),
        due_date=format_date(renaksi.due_date) if renaksi.due_date else "",
        locked=locked,
        address=renaksi.get_absolute_url(),
    ).stamped(renaksi.pk, [renaksi.point_id])
