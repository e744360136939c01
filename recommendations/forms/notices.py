"""The forms of the inbox."""

from django import forms

from recommendations.services.notifications import KINDS_OF_ROLE


class ReadAllForm(forms.Form):
    """`until` is the key of the latest notice that the page showed."""

    until = forms.IntegerField(widget=forms.HiddenInput)


class ChoicesForm(forms.Form):
    """Chooses what a person wants by e-mail: the kinds of notices that their roles get, the figures on Mondays."""

    wanted = forms.MultipleChoiceField(
        label="Kirim surel tentang",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Yang tidak dipilih tetap tampil di kotak pemberitahuan.",
    )
    weekly = forms.BooleanField(
        label="Kirim ringkasan setiap Senin",
        required=False,
        help_text="Isi halaman pertama Anda: nilai, kemajuan, dan siapa yang terlambat.",
    )

    def __init__(self, *args, roles, unwanted=(), **kwargs):
        super().__init__(*args, **kwargs)
        kinds = (kind for role in roles for kind in KINDS_OF_ROLE.get(role, ()))
        self.kinds = list(dict.fromkeys(kinds))
        self.unwanted = set(unwanted)
        self.fields["wanted"].choices = [(kind.value, kind.label) for kind in self.kinds]
        self.fields["wanted"].initial = [kind for kind in self.kinds if kind not in self.unwanted]

    def new_unwanted(self) -> set[str]:
        """Returns the unwanted kinds. Kinds that this form does not offer keep their stored choice."""
        asked = {str(kind) for kind in self.kinds}
        return self.unwanted - asked | asked - set(self.cleaned_data["wanted"])
