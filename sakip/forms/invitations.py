"""Whom a coordinator invites, and how each gets the link."""

from django import forms

from sakip.models import User


class InvitationForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label="Orang yang diundang",
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people


class DeliveryForm(forms.Form):
    shown = forms.BooleanField(
        label="Tampilkan tautannya kepada saya, jangan kirim lewat surel",
        required=False,
        help_text="Untuk orang yang surelnya tidak sampai. Sampaikan tautannya hanya kepada orangnya.",
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        if not person.email:
            del self.fields["shown"]
