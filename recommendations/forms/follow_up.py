"""The form of an operator: the follow-up, its steps and new evidence."""

from recommendations.forms.evidence import EvidenceFilesForm
from recommendations.forms.renaksi import FollowUpForm, StepFormSet
from recommendations.services.drafts import content_of
from sakip.richtext import plain_text


class NewEvidenceForm(EvidenceFilesForm):
    """Optional evidence. The kind always has a value, so a kind without other data adds no evidence."""

    prefix = "bukti"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        self.fields["kind"].required = False  # a star would say that evidence is required
        self.fields["file"].widget.attrs["hx-preserve"] = (
            "true"  # keeps the chosen file after an error
        )

    def has_changed(self):
        return bool(set(self.changed_data) - {"kind"})


class WorkForm:
    """Several forms with one button. `content` holds the first values of the fields: from the draft if
    there is one, else from the database. Ids contain the renaksi's key: a page may show several."""

    def __init__(self, renaksi, data=None, files=None, *, content=None):
        content = content or (content_of(renaksi) if data is None else {})
        common = {"auto_id": f"id_{renaksi.pk}_%s", "data": data}
        self.follow_up = FollowUpForm(instance=renaksi, initial=content.get("follow_up"), **common)
        self.steps = StepFormSet(initial=content.get("steps"), **common)
        self.proofs = NewEvidenceForm.of_each_file(
            files=files, initial=content.get("evidence"), **common
        )
        self.evidence = self.proofs[0]  # the page shows only this one
        if data is None:
            self.follow_up.fields["follow_up"].widget.attrs["autofocus"] = True

    @property
    def media(self):
        return self.follow_up.media

    @property
    def _forms(self):
        return self.follow_up, self.steps, *self.proofs

    def is_valid(self):
        return all(form.is_valid() for form in self._forms)

    @property
    def has_errors(self) -> bool:
        """For the title of the page."""
        return any(form.is_bound and not form.is_valid() for form in self._forms)

    @property
    def cleaned_data(self):
        """The arguments of `save_work`."""
        evidence = [dict(form.cleaned_data) for form in self.proofs if form.has_changed()]
        for piece in evidence:
            piece["upload"] = piece.pop("file")
        return self.follow_up.cleaned_data | {"steps": self.steps.steps, "evidence": evidence}

    @property
    def typed(self) -> dict:
        """Returns the typed text without validation, in the form of `Draft.content`; without files."""
        rows = [_values(row, ["text", "done_on"]) for row in self.steps.forms]
        evidence = _values(self.evidence, [name for name in self.evidence.fields if name != "file"])
        if not any(evidence[name] for name in evidence.keys() - {"kind"}):
            evidence = {}
        return {
            "follow_up": _values(self.follow_up, ["follow_up", "not_actionable_reason"]),
            "steps": [row for row in rows if plain_text(row["text"]) or row["done_on"].strip()],
            "evidence": evidence,
        }


def _values(form, names):
    # PostgreSQL's JSON refuses the character NUL. Nobody types it, so it can be removed.
    return {name: (form[name].value() or "").replace("\0", "") for name in names}
