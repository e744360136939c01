"""The choice between light and dark."""

from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sakip.color_scheme import ColorScheme, keep_scheme


@require_POST
def scheme_choose(request):
    """Back to the page where it was chosen. What is none of ours follows the device."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    if not (is_ours and target.startswith("/")):  # what is no path would be taken for a name
        target = "reports:home"
    chosen = request.POST.get("tampilan")
    response = redirect(target)
    keep_scheme(
        response, ColorScheme(chosen) if chosen in ColorScheme.values else ColorScheme.DEVICE
    )
    return response
