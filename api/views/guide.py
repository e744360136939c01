"""The guide to the API for people: made from the same description that programs read."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from api.rules.guide import chapters_of
from api.views.door import description


@require_safe
def guide(request):
    return render(request, "api/guide.html", {"chapters": chapters_of(description())})
