"""What a field says when it was filled in wrongly: what to do, with the name of the field.

Django says “Bidang ini tidak boleh kosong”; in this program a *bidang* is a unit. Messages that a field
or a form has of its own stay as they are. `NamingRenderer` is the FORM_RENDERER of the settings, so
every form has these sentences: also those of the admin site, of allauth, and the rows of formsets.
"""

from functools import cache

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import ChoiceWidget

OLD_PAGE = "Halaman ini sudah usang. Buka lagi formulirnya, lalu isi kembali."
NAMES = {"Telaah", "Inspektorat", "Indonesia"}  # capital also inside a sentence
NO_LABEL = "isian ini"
QUOTED = {"Kepada", "Dari", "Berlaku", "Sampai"}  # they would be read as words of the sentence


def in_sentence(label) -> str:
    """The label as it stands inside a sentence: “perangkat daerah”, “nomor LHE”, “NIP”."""
    # A percent sign would be read as a place for a value.
    text = str(label or "").replace("%", "persen").strip().rstrip(" :?.")
    first = text.partition(" ")[0].strip("(),")
    if first in QUOTED:
        return f"“{text}”"
    if first in NAMES or any(letter.isupper() for letter in first[1:]):
        return text
    return text[:1].lower() + text[1:] or NO_LABEL


def _at_the_start(name: str) -> str:
    return name[:1].upper() + name[1:]


# ── Fields of forms ─────────────────────────────────────────────────────────────────────────────
def name_field(field: forms.Field, label):
    """Puts sentences with the label in the place of Django's own messages of this field."""
    defaults = _defaults(type(field))
    for code, sentence in _sentences(field, in_sentence(label)):
        if field.error_messages.get(code) is defaults.get(code):
            field.error_messages[code] = sentence


@cache
def _defaults(kind) -> dict:
    """The messages that Django gives to a field of this class."""
    found: dict = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("django."):
            found |= vars(one).get("default_error_messages", {})
    return found


def _sentences(field, name):
    missing = required(field, name)
    yield from ((code, missing) for code in ("required", "blank", "null"))
    if field.widget.is_hidden:
        yield from ((code, OLD_PAGE) for code in ("invalid", "invalid_choice", "invalid_pk_value"))
        return
    unknown = f"Pilihan ini tidak ada. Pilih {name} yang lain."
    for code in ("invalid_choice", "invalid_pk_value", "invalid_list"):
        yield code, unknown
    if isinstance(field, forms.IntegerField):
        yield "min_value", f"{_at_the_start(name)} paling kecil %(limit_value)s."
        yield "max_value", f"{_at_the_start(name)} paling besar %(limit_value)s."
    if example := _example(field):
        yield "invalid", f"Isi {name} {example}."
    if isinstance(field, forms.CharField) and field.max_length:
        long = f"{_at_the_start(name)} terlalu panjang."
        yield "max_length", f"{long} Tulis paling banyak {field.max_length} huruf."
    if isinstance(field, forms.CharField) and field.min_length:
        yield "min_length", f"Isi {name} dengan paling sedikit {field.min_length} huruf."


def required(field: forms.Field, name: str) -> str:
    """What to do with an empty field. The widget decides the verb."""
    widget = getattr(field.widget, "widget", field.widget)  # the admin site puts some into another
    if widget.is_hidden:
        return OLD_PAGE
    if isinstance(widget, forms.CheckboxInput):
        return f"Centang “{_at_the_start(name)}”."
    if isinstance(widget, forms.FileInput):
        return f"Unggah {name}."
    if isinstance(widget, ChoiceWidget):
        several = getattr(widget, "allow_multiple_selected", False)
        return f"Pilih sedikitnya satu {name}." if several else f"Pilih {name}."
    return f"Tulis {name}." if name.startswith("isi ") else f"Isi {name}."


def _example(field) -> str:
    if isinstance(field, forms.EmailField):
        return "dengan alamat lengkap, misalnya nama@contoh.go.id"
    if isinstance(field, forms.URLField):
        return "dengan alamat lengkap, misalnya https://contoh.go.id/berkas"
    if isinstance(field, forms.SlugField):
        return "dengan huruf kecil, angka, dan tanda hubung saja"
    if type(field) is forms.IntegerField:
        return "dengan angka bulat, misalnya 3"
    if isinstance(field, forms.DateTimeField):
        return "dengan tanggal dan jam, misalnya 2026-12-31 14:30"
    return ""


class NamingBoundField(BoundField):
    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if form.is_bound:
            name_field(field, self.label)

    @property
    def name_before_errors(self) -> str:
        """The label, for the list of errors, unless their sentences name the field."""
        told = " ".join(self.errors).lower()
        return "" if in_sentence(self.label).lower() in told else str(self.label)


class NamingRenderer(TemplatesSetting):
    bound_field_class = NamingBoundField


# ── Fields of models ────────────────────────────────────────────────────────────────────────────
def name_model_fields(model: type[models.Model]):
    """The same for what `full_clean` says of a record that comes from no form, such as an import."""
    for field in model._meta.fields:
        name = in_sentence(field.verbose_name)
        chosen = field.choices or field.is_relation
        upload = isinstance(field, models.FileField)
        missing = f"{'Pilih' if chosen else 'Unggah' if upload else 'Isi'} {name}."
        sentences = {
            "null": missing,
            "blank": missing,
            "unique": f"{_at_the_start(name)} ini sudah dipakai. Tulis yang lain.",
            "invalid_choice": f"Pilihan ini tidak ada. Pilih {name} yang lain.",
        }
        if field.is_relation:
            sentences["invalid"] = sentences["invalid_choice"]
        defaults = _defaults(type(field))
        for code, sentence in sentences.items():
            if code in defaults and field.error_messages.get(code) is defaults[code]:
                field.error_messages[code] = sentence
