"""The form of the page that enters an LHE like a table, and that of the text to paste.

Every line sends the same fields, so the order of the page is the order of their values: a browser
without scripts and a script that moves lines need no counters.
"""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from recommendations.models.renaksi import has_part
from recommendations.rules.evaluation_table import (
    CELLS,
    KINDS,
    MOST_LINES,
    POSTED,
    RECOMMENDATION,
    RENAKSI,
    TYPED,
    EntryLine,
    blocks_of,
    lettered,
    place_of,
)
from recommendations.rules.pasted_text import MOST_CHARACTERS, Shape
from recommendations.rules.table_entries import Entry, PointEntry, RenaksiEntry
from recommendations.selectors import evaluation_table as selectors
from recommendations.services.evaluation_table import line_key
from recommendations.services.recommendations import deleted_numbers, next_number
from sakip import notation
from sakip.field_errors import OLD_PAGE
from sakip.forms.fields import IndonesianDateField
from sakip.forms.unsaved import KeptForm
from sakip.numbers import list_letter
from sakip.text_fields import LinesFormField

LABELS = {
    "number": "Nomor",
    "text": "Isi",
    "component": "Komponen",
    "units": "Unit",
    "person": "Petugas",
    "due_date": "Batas waktu",
    "": "Baris",
}
TOO_MANY = f"Halaman ini memuat lebih dari {MOST_LINES} baris. Simpan sebagian dahulu, lalu tambahkan sisanya."
LONGEST = {"text": 20_000}
ORPHAN = "Letakkan baris ini di bawah sebuah rekomendasi, atau ubah jenisnya menjadi Rekomendasi."
TEXT = LinesFormField(required=False, strip=True)
NUMBER = forms.IntegerField(
    required=False,
    min_value=1,
    max_value=9_999,
    error_messages=dict.fromkeys(
        ("invalid", "min_value", "max_value"),
        "Tulis nomor rekomendasi berupa angka, atau kosongkan supaya diberi nomor berikutnya.",
    ),
)
DATE = IndonesianDateField(required=False)


class TableForm:
    """The lines of one LHE. Unbound it shows the stored ones; `lines` fills it with unsaved ones."""

    def __init__(self, evaluation, data=None, *, lines=None):
        self.evaluation, self.is_bound = evaluation, data is not None or lines is not None
        self.stored = selectors.stored_recommendations(evaluation)
        self.directory = selectors.EntryNames(evaluation)
        self.general: list[str] = []
        self.batch = uuid4() if data is None else self._token(data)
        if lines is None:
            lines = self.shown() if data is None else self._posted(data)
        self.lines = lettered(lines)
        self._number()

    def _token(self, data):
        try:
            return TOKEN.clean(data.get("token"))
        except ValidationError as error:
            self.general += error.messages
            return uuid4()

    def shown(self) -> list[EntryLine]:
        return selectors.stored_lines(self.stored, self.directory)

    def replace(self, lines: list[EntryLine]):
        self.lines = lettered(lines)
        self._number()

    def _number(self):
        for index, line in enumerate(self.lines):
            line.index = index
        self.fields = {line_key(line, cell): line for line in self.lines for cell in LABELS}

    def _posted(self, data):
        """The lines as sent; the stored ones when a part of the page is missing."""
        columns = [data.getlist(name) for name in POSTED]
        if any(len(column) != len(columns[0]) for column in columns):
            self.general.append(OLD_PAGE)
            return self.shown()
        if len(columns[0]) > MOST_LINES:
            self.general.append(TOO_MANY)
        lines = [
            EntryLine(**dict(zip(POSTED, cells, strict=True)))
            for cells in zip(*columns, strict=True)
        ]
        self._attach(lines)
        return lines

    def _attach(self, lines):
        """Whatever else the page shows of stored lines is taken from the database, not from the browser."""
        known = {(one.kind, one.pk): one for one in self.shown()}
        for line in lines:
            if line.kind not in KINDS:
                line.kind = RENAKSI
            if stored := known.get((line.kind, line.pk)):
                line.locked, line.address = stored.locked, stored.address
                if line.kind == RECOMMENDATION:
                    line.number = stored.number

    # ── Checking ────────────────────────────────────────────────────────────────────────────────
    def is_valid(self) -> bool:
        """Reads every cell; `entries` are the result. What is wrong is told at its line and cell."""
        self.entries = []
        self._recommendation_of = {part.pk: one.pk for one in self.stored for part in one.listed}
        self._point_of = {part.pk: one.pk for one in self.stored for part in one.points.all()}
        for block in blocks_of(self.lines):
            if block.head is None:
                for line in block.lines:
                    line.refuse("", ORPHAN)
                continue
            self.entries.append(self._entry(block))
        self._check_numbers()
        return not self.general and not any(line.errors for line in self.lines)

    def _entry(self, block):
        head = block.head
        self._check_cells(head)
        entry = Entry(
            line=head,
            text=_text(head),
            number=None if head.pk else _read(head, "number", NUMBER),
            component=self._find(head, "component", self.directory.component_names.find),
        )
        if not entry.text:
            head.refuse("text", "Tulis isi rekomendasinya.")
        entry.points = [self._point(line, head) for line in block.points]
        entry.renaksi = [self._renaksi(line, head, entry.points) for line in block.renaksi]
        return entry

    def _point(self, line, head):
        self._check_cells(line)
        if line.pk and self._point_of.get(line.pk, head.pk) != head.pk:
            line.refuse("", "Butir ini bagian dari rekomendasi lain. Kembalikan ke bawahnya.")
        return PointEntry(line=line, text=_text(line))

    def _renaksi(self, line, head, points):
        self._check_cells(line)
        if line.pk and self._recommendation_of.get(line.pk, head.pk) != head.pk:
            line.refuse(
                "", "Rencana aksi ini bagian dari rekomendasi lain. Kembalikan ke bawahnya."
            )
        units = self._find(line, "units", self.directory.find_units) or []
        units = list(dict.fromkeys(units))
        if not units and "units" not in line.errors:
            line.refuse("units", "Tulis unit penanggung jawab.")
        self._check_units(line, units)
        place = self._place(line, points)
        entry = RenaksiEntry(
            line=line,
            text=_text(line),
            place=place,
            lead=units[0] if units else None,
            supporting=units[1:],
            person=self._person(line, units),
            due_date=_read(line, "due_date", DATE),
        )
        if line.locked and line.digest(entry.parts(points)) != line.seen:
            line.refuse("", "Baris yang terkunci tidak dapat diubah. Muat ulang halaman ini.")
        return entry

    def _check_units(self, line, units):
        """A unit that is not active any more may only stay where it is."""
        had = (
            {
                unit.pk
                for one in self.stored
                for renaksi in one.listed
                if renaksi.pk == line.pk
                for unit in (renaksi.lead_unit, *renaksi.supporting_units.all())
            }
            if line.pk
            else set()
        )
        for unit in units:
            if not unit.is_active and unit.pk not in had:
                line.refuse("units", f"{unit} sudah tidak aktif. Pilih unit yang masih aktif.")

    def _place(self, line, points):
        place = place_of(line.number)
        letters = ", ".join(list_letter(one) for one in range(1, len(points) + 1))
        choice = (
            f"Tulis {letters}" if points else "Rekomendasi ini tidak mempunyai butir; kosongkan"
        )
        if not line.number.strip():
            return None
        if place is None or place > len(points):
            line.refuse(
                "number",
                f"Butir “{line.number.strip()}” tidak ada. {choice}, atau kosongkan."
                if points
                else f"Butir “{line.number.strip()}” tidak ada. {choice}.",
            )
            return None
        if not points[place - 1].text:
            line.refuse(
                "number", f"Butir {list_letter(place)} kosong. Isi butirnya, atau pilih yang lain."
            )
        return place

    def _person(self, line, units):
        person = self._find(line, "person", lambda text: self.directory.find_person(text, units))
        if person and units and not has_part(person, units):
            place = self.directory.places.get(person)
            words = f"dari {place}, yang tidak berperan" if place else "tidak berperan"
            line.refuse("person", f"{person} {words} di sini. Tulis orang dari unit itu.")
        return person

    def _find(self, line, cell, find):
        """The record that the cell names; a stored one that nobody changed is known in any case."""
        text = getattr(line, cell).strip()
        if not text:
            return None
        try:
            return find(text)
        except ValueError as error:
            kept = self._kept(line, cell, text)
            if kept is None:
                line.refuse(cell, str(error))
            return kept

    def _kept(self, line, cell, text):
        """What is stored when the cell shows just that, for example an account that is closed by now."""
        renaksi = next(
            (one for each in self.stored for one in each.listed if line.pk and one.pk == line.pk),
            None,
        )
        if line.kind != RENAKSI or renaksi is None:
            return None
        if cell == "person" and text == self.directory.person_text(renaksi.person):
            return renaksi.person
        if cell == "units" and text == self.directory.units_text(renaksi):
            return [renaksi.lead_unit, *renaksi.supporting_units.all()]
        return None

    def _check_cells(self, line):
        foreign = [
            LABELS[name]
            for name in TYPED
            if name not in CELLS[line.kind] and getattr(line, name).strip()
        ]
        if foreign:
            line.refuse(
                "",
                f"{line.kind_label} tidak mempunyai {', '.join(foreign).lower()}. Kosongkan, atau ubah jenisnya.",
            )
        for name in TYPED:
            try:
                TEXT.clean(getattr(line, name))
            except ValidationError as error:
                line.refuse(name, " ".join(error.messages))
            most = LONGEST.get(name, 400)
            if len(getattr(line, name)) > most:
                line.refuse(
                    name, f"{LABELS[name]} terlalu panjang. Tulis paling banyak {most} huruf."
                )

    def _check_numbers(self):
        taken = {one.number for one in self.stored}
        gone = deleted_numbers(self.evaluation)
        advice = "Kosongkan untuk memakai nomor berikutnya."
        for entry in self.entries:
            if entry.number is None:
                continue
            if entry.number in taken:
                entry.line.refuse("number", f"Nomor {entry.number} sudah dipakai. {advice}")
            elif entry.number in gone:
                entry.line.refuse(
                    "number", f"Nomor {entry.number} pernah dipakai lalu dihapus. {advice}"
                )
            taken.add(entry.number)

    # ── For `attempt` and the page ──────────────────────────────────────────────────────────────
    @property
    def cleaned_data(self) -> dict:
        return {"entries": self.entries, "batch": self.batch}

    def add_error(self, name, errors):
        messages = (
            ValidationError(errors).messages
            if not isinstance(errors, ValidationError)
            else errors.messages
        )
        if name is None:
            self.general += messages
            return
        cell = name.partition("-")[2]
        for message in messages:
            self.fields[name].refuse(cell if cell in LABELS else "", message)

    def mark(self, conflicts: dict):
        """Marks the lines that somebody else changed; saved once more, they replace what is stored."""
        for line in self.lines:
            if line.index in conflicts:
                line.key, sentence = conflicts[line.index]
                line.refuse("", sentence)
                if line.kind == RECOMMENDATION and not line.key:
                    line.number = ""

    @property
    def problems(self) -> list[tuple[EntryLine, str, str]]:
        """EntryLine, label of the cell and sentence, in the order of the page."""
        return [
            (line, LABELS[cell], sentence)
            for line in self.lines
            for cell, sentences in line.errors.items()
            for sentence in sentences
        ]

    @property
    def has_errors(self) -> bool:
        """For the title of the page."""
        return bool(self.general or self.problems)

    @property
    def next_number(self) -> int:
        return next_number(self.evaluation)


TOKEN = forms.UUIDField(error_messages=dict.fromkeys(("required", "invalid"), OLD_PAGE))


def _text(line):
    return notation.normal(line.text)


def _read(line, cell, field):
    try:
        return field.clean(getattr(line, cell))
    except ValidationError as error:
        line.refuse(cell, " ".join(error.messages))
        return None


class PasteForm(KeptForm, forms.Form):
    teks = LinesFormField(
        label="Teks",
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=MOST_CHARACTERS,
        strip=False,
        error_messages={
            "required": "Tempelkan teksnya dahulu.",
            "max_length": "Teks ini %(show_value)d huruf. Tempelkan paling banyak %(limit_value)d huruf sekali jalan.",
        },
    )
    bentuk = forms.ChoiceField(
        label="Bentuk teks", choices=Shape.choices, initial=Shape.GUESS, required=False
    )

    def clean_teks(self):
        """Blanks count as nothing, but the tab before the first cell of a table stays."""
        text = self.cleaned_data["teks"]
        if not text.strip():
            raise ValidationError(self.fields["teks"].error_messages["required"])
        return text
