"""Form fields that read and show numbers and dates the Indonesian way (docs/design.md §2.8)."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse_lazy

from sakip.dates import DateError, format_date, parse_date
from sakip.numbers import AmbiguousNumber, NumberError, input_text, parse_number, round_half_up
from sakip.uploads import joining
from sakip.uploads.check import ACCEPT, ACCEPTED, check_upload


class IndonesianNumberInput(forms.TextInput):
    """Text input that offers both readings of an ambiguous number as submit buttons.

    The buttons have the same name as the input and come after it, so the value of the clicked button
    is the last one sent. A hidden button without a name comes before them: the Enter key presses the
    first submit button of a form, and must send the typed text, not a reading that nobody chose.
    """

    template_name = "sakip/widgets/number.html"

    def __init__(self, attrs=None):
        own = {"inputmode": "decimal", "autocomplete": "off", "data-echo": "angka"}
        super().__init__({**own, **(attrs or {})})

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        try:
            parse_number(value)
        except AmbiguousNumber as error:
            context["widget"]["suggestions"] = error.suggestions
        except NumberError:
            pass
        return context


class IndonesianDecimalField(forms.DecimalField):
    """Decimal field that reads with `parse_number`; it shows at least `places` decimals."""

    widget = IndonesianNumberInput
    default_error_messages = {
        "min_value": "Tulis angka paling kecil %(limit_value)s.",
        "max_value": "Tulis angka paling besar %(limit_value)s.",
        "max_digits": "Tulis paling banyak %(max)s angka seluruhnya.",
        "max_decimal_places": "Tulis paling banyak %(max)s angka di belakang koma.",
        "max_whole_digits": "Tulis paling banyak %(max)s angka di depan koma.",
    }

    def __init__(self, *, places=settings.DEFAULT_DECIMALS, **kwargs):
        super().__init__(**kwargs)
        self.places = places if self.decimal_places is None else min(places, self.decimal_places)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return None
        try:
            return self._without_spare_zeros(parse_number(value))
        except NumberError as error:
            code = "ambiguous" if isinstance(error, AmbiguousNumber) else "invalid"
            raise ValidationError(str(error), code=code) from error

    def _without_spare_zeros(self, number):
        """Removes zeros at the end: 87,500 is accepted where only two decimals are allowed."""
        places = self.decimal_places
        if places is None or -number.as_tuple().exponent <= places:
            return number
        rounded = round_half_up(number, places)
        return rounded if rounded == number else number

    def run_validators(self, value):
        try:
            super().run_validators(value)
        except ValidationError as errors:
            for error in errors.error_list:
                limit = (error.params or {}).get("limit_value")
                if limit is not None:
                    error.params["limit_value"] = input_text(limit)
            raise

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return input_text(value, self.places)

    def has_changed(self, initial, data):
        return super().has_changed(self._comparable(initial), data)

    def _comparable(self, initial):
        try:
            return self.to_python(initial)
        except ValidationError:
            return initial


class IndonesianDateField(forms.DateField):
    """Date field that reads with `parse_date`. It shows the month as a word, which cannot be misread."""

    widget = forms.TextInput

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip()
        if value in self.empty_values:
            return None
        try:
            return parse_date(value)
        except DateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else format_date(value)

    def widget_attrs(self, widget):
        return {"autocomplete": "off", "data-echo": "tanggal", **super().widget_attrs(widget)}


def indonesian_formfield(db_field, **kwargs):
    """Chooses our fields in ModelForms: `class Meta: formfield_callback = indonesian_formfield`."""
    if isinstance(db_field, models.DecimalField):
        kwargs.setdefault("form_class", IndonesianDecimalField)
    elif isinstance(db_field, models.DateField) and not isinstance(db_field, models.DateTimeField):
        kwargs.setdefault("form_class", IndonesianDateField)
    return db_field.formfield(**kwargs)


class UploadInput(forms.FileInput):
    """Offers again what came in parts while the form was refused for something else.

    It is drawn by `templates/bootstrap5/layout/field_file.html`.
    """

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        kept = [one for one in getattr(value, "beside", ()) if not (one.is_refused or one.is_used)]
        for one in kept:
            one.is_offered = True
        widget["kept_name"] = joining.FIELD
        widget["kept"] = [
            {
                "value": f"{name}:{one.upload.key}",
                "id": f"{widget['attrs'].get('id', name)}_{number}",
                "name": one.upload.name,
                "size": one.upload.size,
            }
            for number, one in enumerate(kept)
        ]
        return context


class UploadField(forms.FileField):
    """Cleans to a CheckedFile. The longer side of a picture is shortened to `longest` pixels.

    js/uploads.js makes large photos smaller and sends large files in parts, to the address in `data-parts`.
    """

    widget = UploadInput(attrs={"accept": ACCEPT})
    longest: int | None = None

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Berkas")
        kwargs.setdefault(
            "help_text",
            f"{ACCEPTED}; paling besar {settings.EVIDENCE_MAX_MEGABYTES} MB.",
        )
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        try:
            return self.checked(upload) if upload else None
        except ValidationError:
            upload.is_refused = True
            raise

    def checked(self, upload):
        return check_upload(upload, self.longest)

    def to_python(self, data):
        if isinstance(data, joining.LostUpload):
            raise ValidationError(data.reason)
        return data or None  # `check_upload` refuses empty and too long names with our own text.

    def bound_data(self, data, initial):
        return data if isinstance(data, joining.JoinedUpload) else initial

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "data-parts": reverse_lazy("upload-begin")}
