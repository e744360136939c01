"""The forms of a person's further posts."""

from django import forms
from django.core.exceptions import ValidationError

from sakip.forms.unit_choices import (
    UnitChoiceField,
    UnitMultipleChoiceField,
    choosable_units,
)
from sakip.models import Post, Unit
from sakip.roles import Role
from sakip.services.authority import assignable_bodies, is_appointer
from sakip.services.posts import find_person
from sakip.text_fields import LineFormField


def leave_evaluators_out(form):
    """For a coordinator who appoints no evaluators."""
    role = form.fields["role"]
    role.help_text = "Evaluator ditunjuk oleh koordinator provinsi atau Inspektorat."
    role.choices = [choice for choice in role.choices if choice[0] != Role.EVALUATOR]
    del form.fields["evaluates_all"], form.fields["assigned_bodies"]


class PostForm(forms.ModelForm):
    """A post for a person who is known already. The service checks the reach."""

    class Meta:
        model = Post
        fields = ["role", "unit", "evaluates_all", "assigned_bodies"]
        field_classes = {"unit": UnitChoiceField, "assigned_bodies": UnitMultipleChoiceField}
        help_texts = {
            "evaluates_all": "Hanya untuk evaluator.",
            "assigned_bodies": "Hanya untuk evaluator.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = choosable_units(user)
        self.fields["assigned_bodies"].queryset = assignable_bodies(user)
        if not is_appointer(user):
            leave_evaluators_out(self)

    def clean(self):
        data = super().clean()
        if "evaluates_all" in self.fields and data.get("role") != Role.EVALUATOR:
            data |= {"evaluates_all": False, "assigned_bodies": Unit.objects.none()}
        return data


class PersonPostForm(PostForm):
    """A post for somebody whom the coordinator knows by number or address: no list of people is shown."""

    who = LineFormField(
        label="NIP atau alamat surel",
        max_length=254,
        help_text="Orang yang sudah mempunyai akun, juga di perangkat daerah lain.",
    )
    field_order = ["who"]

    def clean_who(self):
        try:
            return find_person(self.cleaned_data["who"])
        except ValidationError as error:
            raise ValidationError(error.messages) from error
