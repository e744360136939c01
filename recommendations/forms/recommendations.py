"""Forms of a recommendation with its points, and of the note with its photos."""

from django import forms
from django.core.exceptions import ValidationError

from recommendations.forms.rows import MOST_PARTS, PartForm, PartFormSet
from recommendations.models import Component, Note, NotePhoto, Recommendation, RecommendationPoint
from sakip.editing import VersionedForm, seen_field
from sakip.forms.fields import UploadField, UploadInput, indonesian_formfield
from sakip.forms.unsaved import KeptForm
from sakip.richtext import plain_text
from sakip.uploads import pictures


class RecommendationForm(VersionedForm):
    """Needs an instance with an evaluation. The number is entered once and cannot be changed later."""

    class Meta:
        model = Recommendation
        fields = [
            "number",
            "component",
            "heading",
            "text",
            "follow_up_lead",
            "criterion_code",
            "previous",
        ]
        formfield_callback = indonesian_formfield
        help_texts = {
            "heading": "Kosong berarti nama komponennya.",
            "follow_up_lead": "Tercetak di atas butir-butir tindak lanjut. Boleh kosong.",
            "previous": "Bila rekomendasi ini mengulang yang sudah ada dalam LHE sebelumnya.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        evaluation = self.instance.evaluation
        if self.instance.pk:
            del self.fields["number"]
        self.fields["component"].empty_label = "Tidak terkait satu komponen"
        self.fields["component"].queryset = Component.objects.all()
        self.fields["previous"].empty_label = "Tidak ada"
        self.fields["previous"].label_from_instance = _with_year
        self.fields["previous"].queryset = Recommendation.objects.filter(
            evaluation__unit=evaluation.unit_id,
            evaluation__performance_year__lt=evaluation.performance_year,
        ).select_related("evaluation", "component")

    def clean_text(self):
        """Refuses rich text that contains only empty paragraphs."""
        if not plain_text(self.cleaned_data["text"]):
            raise ValidationError("Tulis isi rekomendasinya.")
        return self.cleaned_data["text"]


def _with_year(recommendation):
    return f"{recommendation.evaluation.performance_year}: {recommendation}"


class PointForm(PartForm):
    text = RecommendationPoint._meta.get_field("text").formfield(label="Isi butir", required=False)

    def is_empty(self):
        return not plain_text(self.cleaned_data.get("text", ""))


class PointFormSet(
    forms.formset_factory(
        PointForm,
        formset=PartFormSet,
        extra=2,
        can_order=True,
        can_delete=True,
        max_num=50,
        absolute_max=MOST_PARTS,
    )
):
    @classmethod
    def of(cls, recommendation, data=None):
        points = recommendation.points.all() if recommendation.pk else ()
        rows = [{"id": point.pk, "text": point.text} for point in points]
        return cls(data, initial=rows, prefix="butir")


class PictureUploadField(UploadField):
    """Cleans to a CheckedFile with a picture for print."""

    widget = UploadInput(attrs={"accept": pictures.ACCEPT})
    longest = pictures.LONGEST_SIDE

    def checked(self, upload):
        checked = super().checked(upload)
        if not checked.content_type.startswith("image/"):
            raise ValidationError(
                f"Berkas “{checked.name}” bukan gambar. Pilih gambar jpg atau png."
            )
        return checked


class NoteForm(KeptForm, forms.Form):
    text = Note._meta.get_field("text").formfield(required=False)
    seen = seen_field()


class PhotoForm(PartForm):
    caption = NotePhoto._meta.get_field("caption").formfield(required=False)
    image = PictureUploadField(
        label="Gambar",
        required=False,
        help_text="Foto dari ponsel pun boleh. Kosong: tidak diganti.",
    )

    def is_empty(self):
        return not self.cleaned_data.get("caption")

    def clean(self):
        cleaned = super().clean()
        given = cleaned.get("image") or cleaned.get("id")
        if given and not cleaned.get("caption") and not cleaned.get("DELETE"):
            self.add_error("caption", "Tulis keterangan gambarnya, atau hapus barisnya.")
        return cleaned


class PhotoFormSet(
    forms.formset_factory(
        PhotoForm,
        formset=PartFormSet,
        extra=2,
        can_order=True,
        can_delete=True,
        max_num=30,
        absolute_max=MOST_PARTS,
    )
):
    @classmethod
    def of(cls, note, data=None, files=None):
        photos = note.photos.all() if note else ()
        rows = [{"id": photo.pk, "caption": photo.caption, "photo": photo} for photo in photos]
        return cls(data, files, initial=rows, prefix="gambar")
