"""The choices of a simulated score, read from the address."""

from django import forms

from recommendations.rules import grades
from sakip.forms.fields import IndonesianDecimalField
from sakip.numbers import round_half_up


class SimulationForm(forms.Form):
    """For each component of `figures` a percentage of its weight, and the wanted grade.

    A component without a value in the address keeps its real score. `figures` must have a total.
    """

    def __init__(self, data, *, figures):
        self.components = {f"komponen-{row.pk}": row for row in figures.weights}
        wanted = grades.next_grade(figures.total) or grades.GRADES[0]
        start = {"predikat": wanted.code}
        for name, component in self.components.items():
            percent = grades.percent_of_weight(figures.score(component), figures.weights[component])
            start[name] = round_half_up(percent)
        super().__init__({**start, **{name: data[name] for name in start if name in data}})
        for name, component in self.components.items():
            self.fields[name] = IndonesianDecimalField(
                label=component.name, min_value=0, max_value=100, max_digits=5, decimal_places=2
            )
        self.fields["predikat"] = forms.ChoiceField(
            label="Predikat yang dituju",
            choices=[
                (step.code, f"{step.code}, di atas {step.low}") for step in grades.GRADES[:-1]
            ],
        )

    @property
    def percents(self) -> dict:
        """Returns the percentages by component; invalid ones are left out so that the rest is shown."""
        return {
            component: self.cleaned_data[name]
            for name, component in self.components.items()
            if name in self.cleaned_data
        }

    @property
    def target(self) -> grades.Grade:
        return grades.grade_bounds(self.cleaned_data.get("predikat", "A"))

    def field_of(self, component):
        return self[f"komponen-{component.pk}"]
