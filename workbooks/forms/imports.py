"""What people choose when a workbook comes in or goes out."""

from django import forms

from workbooks.kinds import KINDS
from workbooks.services.imports import RECOGNISED

KIND_CHOICES = [(kind.name, kind.title) for kind in KINDS.values()]


class WorkbookUploadForm(forms.Form):
    file = forms.FileField(
        label="Berkas",
        widget=forms.FileInput({"accept": ".xlsx,.ods"}),
        help_text="Berkas .xlsx atau .ods. Belum ada yang ditulis: berikutnya Anda melihat pratinjau.",
    )
    kind = forms.ChoiceField(
        label="Isi buku kerja", choices=[(RECOGNISED, "Dikenali dari berkas"), *KIND_CHOICES]
    )


class PreviewFilter(forms.Form):
    """Which rows of a preview are listed."""

    tampil = forms.ChoiceField(
        required=False,
        widget=forms.Select({"class": "form-select"}),
        choices=[
            ("", "Yang perlu dilihat"),
            ("new", "Baru"),
            ("changed", "Berubah"),
            ("unchanged", "Tetap"),
            ("refused", "Ditolak"),
            ("conflict", "Bertentangan"),
        ],
    )
