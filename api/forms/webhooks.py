"""A webhook: whose items it tells of, where to, and what."""

from django import forms

from api.rules.events import EVENTS
from sakip.editing import seen_field
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Unit
from sakip.text_fields import LineFormField, URLFormField


class _WebhookFields(forms.Form):
    name = LineFormField(
        label="Nama",
        max_length=60,
        help_text="Program yang diberi tahu, misalnya “e-SAKIP provinsi”.",
        error_messages={"required": "Tulis nama program yang diberi tahu."},
    )
    url = URLFormField(
        label="Alamat",
        max_length=500,
        assume_scheme="https",
        help_text="Alamat HTTPS yang menerima kiriman, misalnya https://esakip.contoh.go.id/terima.",
        error_messages={
            "required": "Tulis alamat yang menerima kiriman.",
            "invalid": "Tulis alamat lengkap yang diawali https://.",
        },
    )
    events = forms.MultipleChoiceField(
        label="Peristiwa",
        choices=list(EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih sedikitnya satu peristiwa."},
    )


class WebhookForm(_WebhookFields):
    unit = UnitChoiceField(
        None,
        label="Perangkat daerah",
        empty_label="Pilih perangkat daerah",
        help_text="Yang diberitahukan adalah peristiwa pada perangkat daerah ini dan semua di bawahnya.",
    )
    field_order = ("unit",)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = choosable_units(user).filter(kind__in=Unit.ABOVE_PARTS)
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.fields["unit"].initial = units[0]


class WebhookEditForm(_WebhookFields):
    """The unit and the secret stay: for others there is another webhook."""

    seen = seen_field()

    def __init__(self, *args, webhook, seen, **kwargs):
        values = {name: getattr(webhook, name) for name in ("name", "url", "events")}
        super().__init__(*args, initial=values | {"seen": seen}, **kwargs)
