"""The form behind “Atur tabel”."""

from django import forms

from sakip.table_settings import LENGTHS

EXPORT = "Berkas yang diunduh tidak ikut berubah: isinya tetap kolom yang ditetapkan laporannya."


class TableSettingsForm(forms.Form):
    """`table` is a ListedTable, `shown` what the person sees of it now."""

    columns = forms.MultipleChoiceField(
        label="Kolom yang ditampilkan", required=False, widget=forms.CheckboxSelectMultiple
    )
    length = forms.TypedChoiceField(
        label="Baris dalam satu halaman",
        choices=[(number, str(number)) for number in LENGTHS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih banyaknya baris dalam satu halaman."},
    )
    is_dense = forms.TypedChoiceField(
        label="Jarak baris",
        choices=[("", "Longgar"), ("rapat", "Rapat")],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, table, shown, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["columns"]
        field.choices = list(table.columns.items())
        field.help_text = f"{table.always} selalu tampil. {EXPORT}"
        self.initial = {
            "columns": [code for code in table.columns if code in shown.columns],
            "length": shown.length,
            "is_dense": "rapat" if shown.is_dense else "",
        }
        if not table.is_paged:
            del self.fields["length"]
