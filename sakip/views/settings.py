"""The first settings page (pengaturan)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sakip.views.records import for_coordinators


@require_safe
@for_coordinators
def settings_page(request):
    return render(request, "sakip/settings.html")
