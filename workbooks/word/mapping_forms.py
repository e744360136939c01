"""A person says what the columns of each table are, and what its mark words mean."""

from collections import Counter
from dataclasses import dataclass, replace

from django import forms
from django.utils.text import Truncator

from sakip import notation
from workbooks.word.mapping import FIELDS, IGNORED, MARK_MEANINGS, STEPS, TEXT, Mapping, TableShape
from workbooks.word.seen import ReadingForm, state_of

MOST_TABLES = 40  # on the page
MOST_HEAD_ROWS = 10
LONGEST_SAMPLE = 100
KINDS = list(FIELDS.items())
LOST = "Koreksi yang sudah disimpan di halaman ini hilang bila berkas dibaca ulang. Saya setuju."


def _shown(samples):
    texts = (Truncator(notation.plain(sample)) for sample in samples)
    return [text.chars(LONGEST_SAMPLE) for text in texts]


@dataclass(frozen=True)
class TableFields:
    """One table with its bound fields, for the template; `columns` hold column, samples and field."""

    table: TableShape
    is_read: forms.BoundField
    head_rows: forms.BoundField | None
    columns: list[tuple]

    @property
    def name(self) -> str:
        return f"Tabel {self.table.table}, mulai baris {self.table.first_row}"


class MappingForm(ReadingForm):
    """`mapping` is how the file was read; `said` is what the person says about it. Tables that go on
    from the one above have its columns and are only read or not."""

    prefix = "kolom"

    def __init__(self, *args, mapping: Mapping, is_corrected=False, **kwargs):
        super().__init__(*args, state=state_of(mapping), **kwargs)
        self.given, self.shown = mapping, mapping.tables[:MOST_TABLES]
        likely = max(self.shown, key=lambda one: len(one.columns), default=None)
        self.likely = None if any(one.is_read for one in self.shown) else likely
        for place, table in enumerate(self.shown):
            self._add(place, table)
        for place, word in enumerate(mapping.marks):
            self.fields[f"tanda-{place}"] = forms.ChoiceField(
                label=f"“{word.word}” berarti", choices=MARK_MEANINGS.items(), initial=word.meaning,
                required=False, widget=forms.Select({"class": "form-select"}),
            )  # fmt: skip
        if is_corrected:
            self.fields["setuju"] = forms.BooleanField(
                label=LOST,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
                error_messages={"required": "Centang bila koreksinya memang boleh hilang."},
            )

    def _add(self, place, table):
        self.fields[f"baca-{place}"] = forms.BooleanField(
            label="Lanjutan tabel di atasnya: baca" if table.goes_on else "Baca tabel ini",
            initial=table.is_read or table is self.likely,
            required=False,
            widget=forms.CheckboxInput({"class": "form-check-input"}),
        )
        if table.goes_on:
            return
        self.fields[f"judul-{place}"] = forms.IntegerField(
            label="Jumlah baris judul", initial=table.head_rows, min_value=0,
            max_value=MOST_HEAD_ROWS, widget=forms.NumberInput({"class": "form-control"}),
        )  # fmt: skip
        for number, column in enumerate(table.columns):
            self.fields[f"isi-{place}-{number}"] = forms.ChoiceField(
                label=f"Kolom {number + 1} dibaca sebagai", choices=KINDS, initial=column.kind,
                widget=forms.Select({"class": "form-select"}),
            )  # fmt: skip

    @property
    def tables(self) -> list[TableFields]:
        return [
            TableFields(
                table,
                self[f"baca-{place}"],
                None if table.goes_on else self[f"judul-{place}"],
                []
                if table.goes_on
                else [
                    (column, _shown(column.samples), self[f"isi-{place}-{number}"])
                    for number, column in enumerate(table.columns)
                ],
            )
            for place, table in enumerate(self.shown)
        ]

    @property
    def marks(self) -> list[forms.BoundField]:
        return [self[f"tanda-{place}"] for place in range(len(self.given.marks))]

    def clean(self):
        data = super().clean()
        read = [place for place in range(len(self.shown)) if data.get(f"baca-{place}")]
        if not read:
            self.add_error(None, "Pilih paling sedikit satu tabel yang dibaca.")
        for place in read:
            if not self.shown[place].goes_on:
                self._check(place, self.shown[place], data)
        return data

    def _check(self, place, table, data):
        kinds = [data.get(f"isi-{place}-{number}") for number in range(len(table.columns))]
        counts = Counter(kind for kind in kinds if kind not in (None, IGNORED))
        for kind in (kind for kind, count in counts.items() if count > 1):
            last = len(kinds) - 1 - kinds[::-1].index(kind)
            self.add_error(
                f"isi-{place}-{last}",
                f"“{FIELDS[kind]}” sudah dipilih untuk kolom lain dari tabel ini. Pilih yang lain.",
            )
        if TEXT not in counts or not counts.keys() & set(STEPS):
            self.add_error(
                f"baca-{place}",
                f"Tabel {table.table} memerlukan kolom “Rekomendasi” dan kolom rencana aksi atau "
                "tindak lanjut. Tentukan kolomnya, atau jangan baca tabel ini.",
            )

    @property
    def said(self) -> Mapping:
        """Tables of which nothing was said are left to the reader."""
        data = self.cleaned_data
        tables = [
            self._said(place, table)
            for place, table in enumerate(self.shown)
            if self._is_said(table, data[f"baca-{place}"])
        ]
        marks = [
            replace(word, meaning=data[f"tanda-{place}"], is_certain=True)
            for place, word in enumerate(self.given.marks)
        ]
        return Mapping(tables, marks)

    @staticmethod
    def _is_said(table, is_chosen):
        if table.goes_on:
            return not is_chosen
        return is_chosen or table.is_read or table.is_given

    def _said(self, place, table):
        data = self.cleaned_data
        kinds = [
            data[f"isi-{place}-{number}"] if data[f"baca-{place}"] else IGNORED
            for number in range(len(table.columns))
        ]
        columns = [
            replace(column, kind=kind, is_certain=True)
            for column, kind in zip(table.columns, kinds, strict=True)
        ]
        head_rows = table.head_rows if table.goes_on else data[f"judul-{place}"]
        return replace(
            table,
            head_rows=head_rows,
            columns=columns,
            goes_on=False,
            is_given=True,
            is_certain=True,
        )
