"""Fields for typed text, of models and of forms. They let the same text in through every door.

A form shows what is wrong beside the field. The field of the model tidies and refuses once more, when
a record is checked and when a value is written to the database, also by `create`, `bulk_create` and
`update`: so an import, a command or a service that forgets the check stores nothing else.
`tests/sakip/test_text_fields.py` walks all models and forms.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from sakip.text import LONGEST, NUL, one_line, several_lines, too_long


def refuse_nul(text: str):
    if "\0" in text:
        raise ValidationError(NUL, code="null_characters_not_allowed")


# ── Fields of forms ─────────────────────────────────────────────────────────────────────────────
class _Line:
    def to_python(self, value):
        text = super().to_python(value)
        refuse_nul(text)
        return one_line(text)


class LineFormField(_Line, forms.CharField):
    """Text on one line."""


class EmailFormField(_Line, forms.EmailField):
    pass


class URLFormField(_Line, forms.URLField):
    default_validators = (URLValidator(schemes=["http", "https"]),)


class SlugFormField(_Line, forms.SlugField):
    pass


class LinesFormField(forms.CharField):
    """Text of several lines, of at most `most` characters.

    Without `max_length` the browser is not told of the limit: it would cut off pasted text in silence.
    """

    widget = forms.Textarea

    def __init__(self, *, most=None, **kwargs):
        super().__init__(**kwargs)
        self.most = most or LONGEST

    def to_python(self, value):
        text = super().to_python(value)
        refuse_nul(text)
        if self.max_length is None and (reason := too_long(text, self.most)):
            raise ValidationError(reason, code="max_length")
        return several_lines(text)


# ── Fields of models ────────────────────────────────────────────────────────────────────────────
class Typed:
    """A column for text that people type: `tidied` says what is stored."""

    def tidied(self, text: str) -> str:
        refuse_nul(text)
        return one_line(text)

    def _tidied(self, value):
        return self.tidied(value) if isinstance(value, str) else value

    def clean(self, value, instance):
        return super().clean(self._tidied(value), instance)

    def pre_save(self, instance, add):
        value = self._tidied(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self._tidied(value), connection)

    def deconstruct(self):
        """Migrations need to know only the column."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.column_class.__name__}", args, kwargs


class LineField(Typed, models.CharField):
    """Text on one line."""

    column_class = models.CharField

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineFormField} | kwargs)


class EmailLineField(Typed, models.EmailField):
    column_class = models.EmailField

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": EmailFormField} | kwargs)


class URLLineField(Typed, models.URLField):
    column_class = models.URLField

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": URLFormField} | kwargs)


class SlugLineField(Typed, models.SlugField):
    column_class = models.SlugField

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": SlugFormField} | kwargs)


class LinesField(Typed, models.TextField):
    """Text of several lines, of at most `LONGEST` characters, or `max_length`."""

    column_class = models.TextField

    @property
    def most(self):
        return self.max_length or LONGEST

    def tidied(self, text):
        refuse_nul(text)
        if reason := too_long(text, self.most):
            raise ValidationError(reason, code="max_length")
        return several_lines(text)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LinesFormField, "most": self.most} | kwargs)
