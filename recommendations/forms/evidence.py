"""Forms of evidence: one piece in three kinds, its description, and a new revision of a file."""

from django import forms
from django.conf import settings

from recommendations.models import Evidence
from recommendations.services.evidence import digest_of
from sakip.editing import seen_field
from sakip.forms.fields import UploadField, UploadInput, indonesian_formfield
from sakip.text_fields import URLFormField
from sakip.uploads.check import ACCEPT, ACCEPTED

DESCRIPTION = ["title", "url", "document_number", "document_date", "page_hint", "caption"]


class DescriptionForm(forms.ModelForm):
    """The description of a piece of evidence. Only a link has an address field."""

    url = URLFormField(
        label="Alamat tautan",
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text="Alamat lengkap, misalnya https://jdih.sulselprov.go.id/…",
    )

    class Meta:
        model = Evidence
        fields = DESCRIPTION
        formfield_callback = indonesian_formfield
        help_texts = {"document_date": "Misalnya 2 Oktober 2023."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.kind != Evidence.Kind.LINK:
            del self.fields["url"]

    def clean(self):
        cleaned = super().clean()
        if self.kind == Evidence.Kind.LINK and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", "Tulis alamat tautannya.")
        return cleaned

    @property
    def kind(self):
        return self.instance.kind


class ChangedDescriptionForm(DescriptionForm):
    """The description of stored evidence. A hidden field holds a digest of what the page showed at first."""

    seen = seen_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = digest_of(self.instance)


class EvidenceForm(DescriptionForm):
    """One form for all three kinds, so that it works without scripts."""

    file = UploadField(required=False)

    class Meta(DescriptionForm.Meta):
        fields = ["kind", *DESCRIPTION]
        widgets = {"kind": forms.RadioSelect}

    field_order = ["kind", "file", "url", "title"]

    is_one_of_several = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Evidence.Kind.choices
        self.fields["kind"].initial = Evidence.Kind.FILE
        self.fields["title"].required = False
        self.fields["title"].help_text = "Untuk berkas boleh kosong: nama berkasnya yang dipakai."

    @property
    def kind(self):
        return self.cleaned_data.get("kind")

    def clean(self):
        cleaned = super().clean()
        upload, kind = cleaned.get("file"), self.kind
        if kind == Evidence.Kind.FILE and not upload and "file" not in self.errors:
            self.add_error("file", "Pilih berkas yang akan diunggah.")
        if upload and kind != Evidence.Kind.FILE:
            self.add_error("file", "Pilih jenis “Berkas”, atau kosongkan berkasnya.")
        if cleaned.get("url") and kind != Evidence.Kind.LINK:
            self.add_error("url", "Pilih jenis “Tautan”, atau kosongkan alamatnya.")
        if upload:
            cleaned["title"] = self._title(upload, cleaned.get("title"))
        if not cleaned.get("title") and kind != Evidence.Kind.FILE:
            self.add_error("title", "Tulis judul buktinya.")
        return cleaned

    def _title(self, upload, typed) -> str:
        name = upload.name.rpartition(".")[0] or upload.name
        if typed and self.is_one_of_several:
            return f"{typed}: {name}"[:200]
        return typed or name[:200]


class FilesInput(UploadInput):
    """Lets several files be chosen or dropped; each is cleaned by a form of its own."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.get(name)


class EvidenceFilesForm(EvidenceForm):
    """One piece of evidence; `is_one_of_several` is True when several files were sent together."""

    file = UploadField(
        required=False,
        widget=FilesInput(attrs={"accept": ACCEPT}),
        help_text=(
            f"Boleh beberapa sekaligus, juga dengan menyeretnya ke sini. {ACCEPTED}; "
            f"masing-masing paling besar {settings.EVIDENCE_MAX_MEGABYTES} MB."
        ),
    )

    @classmethod
    def of_each_file(cls, data, files, **options) -> list["EvidenceFilesForm"]:
        """Returns one form for each file; one form without a file when no file was sent."""
        name = f"{cls.prefix}-file" if cls.prefix else "file"
        chosen = files.getlist(name) if files else []
        forms = [cls(data, {name: file}, **options) for file in chosen]
        for form in forms:
            form.is_one_of_several = len(forms) > 1
        return forms or [cls(data, **options)]


class ReuseForm(forms.Form):
    """Chooses stored files to attach; `files` are the ones that can be chosen."""

    files = forms.ModelMultipleChoiceField(
        None, label="Berkas", error_messages={"required": "Pilih paling sedikit satu berkas."}
    )

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["files"].queryset = files


class RevisionForm(forms.Form):
    file = UploadField()
