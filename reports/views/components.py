"""Every component in every state on one page, for whoever changes how the program looks. Only with DEBUG."""

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from reports.forms.components import RIGHT, WRONG, SampleForm
from reports.selectors.component_samples import samples

SIDES = (("light", "Terang"), ("dark", "Gelap"))
MESSAGES = (
    Message(constants.SUCCESS, "Tersimpan."),
    Message(constants.INFO, "Ada LHE yang lebih baru."),
    Message(constants.WARNING, "Batas waktunya tinggal dua hari."),
    Message(constants.ERROR, "Belum disimpan. Perbaiki isian yang ditandai."),
)


@require_safe
def component_page(request):
    sides = [
        {
            "scheme": scheme,
            "label": label,
            "form": SampleForm(initial=RIGHT, prefix=scheme),
            "wrong": SampleForm(
                {f"{scheme}-{name}": value for name, value in WRONG.items()},
                {},
                prefix=scheme,
                auto_id="keliru_%s",
            ),
        }
        for scheme, label in SIDES
    ]
    context = {"sides": sides, "sample_messages": MESSAGES, **samples()}
    return render(request, "reports/component_page.html", context)


def routes(*, debug: bool) -> list:
    """The address of the page; none on an installation."""
    return [path("komponen/", component_page, name="component-page")] if debug else []
