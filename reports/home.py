"""The home page: for every role the work that waits."""

from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request):
    return render(request, "reports/home.html")
