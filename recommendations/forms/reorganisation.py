"""The forms of a reorganisation: what is to happen, and where everything goes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from recommendations.services.reorganisation import Arrangement, require_days
from sakip.forms.fields import IndonesianDateField
from sakip.forms.unit_choices import (
    UnitChoiceField,
    UnitMultipleChoiceField,
    choosable_units,
    kinds_of_parts,
    told_apart,
)
from sakip.models import Unit, UnitSuccession
from sakip.text_fields import LineFormField

RENAME, MOVE = "rename", "move"
MERGE, SPLIT = UnitSuccession.Kind.values
NEW_ROWS = ("baru-1", "baru-2", "baru-3")
HEADINGS = {
    "renaksi": "Rencana aksi yang belum selesai",
    "people": "Pengguna aktif",
    "indicators": "Indikator yang masih berlaku",
    "objectives": "Sasaran",
    "children": "Unit di bawahnya",
}
# Error keys of the services → fields of this form.
FIELDS = {
    "day": "berlaku", "name": "nama", "short_name": "nama_singkat", "head_title": "sebutan",
    "parent": "induk", "receiver": "penerima", "successors": "penerus",
}  # fmt: skip


class ReorganisationForm(forms.Form):
    """Read from the address for the preview, and from the posted copy of it when it is carried out."""

    jenis = forms.ChoiceField(
        label="Yang terjadi",
        choices=[
            (RENAME, "Ganti nama"),
            (MOVE, "Dipindah ke bawah unit lain"),
            (MERGE, "Digabung ke unit lain"),
            (SPLIT, "Dipecah menjadi beberapa unit"),
        ],
        widget=forms.RadioSelect,
    )
    berlaku = IndonesianDateField(
        label="Berlaku sejak",
        help_text="Hari pertama menurut peraturannya, misalnya 2 Januari 2026. Kertas sebelum hari itu tetap memuat yang lama.",
    )
    dasar = LineFormField(
        label="Dasar hukum",
        max_length=300,
        help_text="Misalnya: Peraturan Gubernur Nomor 12 Tahun 2026",
    )
    nama = LineFormField(label="Nama baru", max_length=200, required=False)
    nama_singkat = LineFormField(label="Nama singkat baru", max_length=60, required=False)
    sebutan = LineFormField(label="Sebutan pimpinan", max_length=120, required=False)
    induk = UnitChoiceField(
        None, label="Unit induk baru", required=False, empty_label="Pilih unit induk"
    )
    penerima = UnitChoiceField(
        None,
        label="Penerima pekerjaan yang tertinggal",
        required=False,
        empty_label="Tidak ada",
        help_text=(
            "Hanya bila unit keluar dari perangkat daerahnya: siapa di perangkat daerah lama yang "
            "meneruskan rencana aksi LHE lama dan indikatornya."
        ),
    )
    penerus = UnitMultipleChoiceField(
        None,
        label="Penerus yang sudah ada",
        required=False,
        help_text="Satu untuk penggabungan; untuk pemecahan boleh beberapa, ditambah unit baru di bawah.",
    )

    def __init__(self, *args, unit, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit, self.user = unit, user
        self.fields["nama"].initial = unit.name
        self.fields["nama_singkat"].initial = unit.short_name
        self.fields["sebutan"].initial = unit.head_title
        others = choosable_units(user).exclude(pk__in=Unit.objects.beneath([unit.pk]))
        for name in ("induk", "penerima", "penerus"):
            self.fields[name].queryset = others
        kinds = Unit.Kind.choices if user.governs_province else kinds_of_parts(user, unit.kind)
        for number, key in enumerate(NEW_ROWS, 1):
            self._add_new_row(key, number, kinds)

    def _add_new_row(self, key, number, kinds):
        name = LineFormField(label=f"Nama unit baru {number}", max_length=200, required=False)
        code = LineFormField(label=f"Kode unit baru {number}", max_length=40, required=False)
        kind = forms.ChoiceField(
            label=f"Jenis unit baru {number}",
            choices=kinds,
            initial=self.unit.kind,
            required=False,
        )
        self.fields |= {f"{key}-nama": name, f"{key}-kode": code, f"{key}-jenis": kind}

    def new_rows(self):
        """The fields of each new unit, to be laid out in one row."""
        return [[self[f"{key}-{part}"] for part in ("nama", "kode", "jenis")] for key in NEW_ROWS]

    def clean(self):
        data = super().clean()
        check = {
            RENAME: self._check_rename,
            MOVE: self._check_move,
            MERGE: self._check_successors,
            SPLIT: self._check_successors,
        }
        if data.get("jenis"):
            check[data["jenis"]](data)
        if not self.errors:
            self._check_days()
        return data

    def _check_days(self):
        """The preview promises nothing that the service refuses."""
        try:
            require_days(self.unit, self.arrangement, timezone.localdate())
        except ValidationError as error:
            self.add_service_errors(error)

    def _check_rename(self, data):
        if not data.get("nama"):
            self.add_error("nama", "Tulis nama yang baru.")
        elif (data["nama"], data["nama_singkat"], data["sebutan"]) == Unit.names_of(self.unit):
            self.add_error("nama", "Nama ini masih yang sekarang. Tulis nama yang baru.")

    def _check_move(self, data):
        if not data.get("induk"):
            self.add_error("induk", "Pilih unit induk yang baru.")
        elif data["induk"].pk == self.unit.parent_id:
            self.add_error("induk", "Unit ini sudah berada di bawahnya. Pilih unit induk lain.")

    def _check_successors(self, data):
        for key in NEW_ROWS:
            self._check_new_row(key, data)
        count = len(data.get("penerus") or ()) + len(self._new(data))
        if data["jenis"] == MERGE and count != 1:
            self.add_error("penerus", "Pilih satu unit penerus, atau tulis satu unit baru.")
        if data["jenis"] == SPLIT and count < 2:
            self.add_error("penerus", "Pilih atau tulis paling sedikit dua unit penerus.")

    def _check_new_row(self, key, data):
        name, code = data.get(f"{key}-nama"), data.get(f"{key}-kode")
        if name and not code:
            self.add_error(f"{key}-kode", "Tulis kode unit baru ini.")
        elif code and not name:
            self.add_error(f"{key}-nama", "Tulis nama unit baru ini.")
        elif code and Unit.objects.filter(code=code).exists():
            self.add_error(f"{key}-kode", f"Kode {code} sudah dipakai. Tulis kode lain.")
        siblings = Unit.objects.filter(parent=self.unit.parent_id, name=name)
        if name and siblings.exists():
            self.add_error(f"{key}-nama", "Unit induk ini sudah mempunyai unit bernama sama.")

    @staticmethod
    def _new(data):
        return {
            key: {
                "name": data[f"{key}-nama"],
                "code": data[f"{key}-kode"],
                "kind": data[f"{key}-jenis"],
            }
            for key in NEW_ROWS
            if data.get(f"{key}-nama") and data.get(f"{key}-kode")
        }

    @property
    def arrangement(self) -> Arrangement:
        """The form must be valid."""
        data, kind = self.cleaned_data, self.cleaned_data["jenis"]
        shared = {"kind": kind, "day": data["berlaku"], "legal_basis": data["dasar"]}
        if kind == RENAME:
            names = ("nama", "nama_singkat", "sebutan")
            fields = dict(
                zip(("name", "short_name", "head_title"), map(data.get, names), strict=True)
            )
            return Arrangement(**shared, fields=fields)
        if kind == MOVE:
            fields = {"parent": data["induk"]}
            return Arrangement(**shared, fields=fields, receiver=data["penerima"])
        successors = {str(unit.pk): unit for unit in data["penerus"]}
        return Arrangement(**shared, successors=successors, new=self._new(data))

    def successor_choices(self) -> list[tuple[str, str]]:
        """Key and name of each unit that succeeds this one."""
        plan = self.arrangement
        names = told_apart(plan.successors.values())
        found = [(key, names[unit.pk]) for key, unit in plan.successors.items()]
        return found + [(key, f"{fields['name']} (baru)") for key, fields in plan.new.items()]

    def add_service_errors(self, error):
        """Puts the errors of the service beside the fields they belong to."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(
                FIELDS.get(name), [ValidationError(text) for one in errors for text in one.messages]
            )


class DestinationsForm(forms.Form):
    """Of a split: the unit that takes each thing, and one for all that have no choice of their own."""

    semua = forms.ChoiceField(
        label="Tujuan bawaan", help_text="Berlaku untuk semua yang tidak diberi tujuan sendiri."
    )

    def __init__(self, *args, held, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        self.fields["semua"].choices = choices
        for kind, record in held.rows():
            self.fields[self._name(kind, record)] = forms.ChoiceField(
                label=str(record),
                required=False,
                choices=[("", "Tujuan bawaan"), *choices],
                widget=forms.Select({"class": "form-select"}),
            )

    @staticmethod
    def _name(kind, record):
        return f"ke-{kind}-{record.pk}"

    def groups(self):
        """Yields a heading and the records below it with their fields; no heading without records."""
        for kind, heading in HEADINGS.items():
            rows = [(row, self[self._name(kind, row)]) for row in getattr(self.held, kind)]
            if rows:
                yield heading, rows

    @property
    def destinations(self) -> dict:
        data = self.cleaned_data
        return {
            (kind, record.pk): data[self._name(kind, record)] or data["semua"]
            for kind, record in self.held.rows()
        }
