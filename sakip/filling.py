"""A required choice with nothing to choose: a link to the page that adds it, and the way back."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

BACK = "kembali"


def offer_to_fill(form, request, **pages):
    """Puts a link into the help text of each empty choice.

    `pages` maps a field name to the URL name of the page that adds such a record and its noun.
    """
    for name, (page, noun) in pages.items():
        field = form.fields.get(name)
        if field is None or field.disabled or field.queryset.exists():
            continue
        address = f"{reverse(page)}?{urlencode({BACK: request.get_full_path()})}"
        field.help_text = format_html(
            'Belum ada {}. <a href="{}">Tambahkan {}</a>; sesudah disimpan Anda kembali ke sini.',
            noun,
            address,
            noun,
        )


def way_back(request) -> str:
    """The page that sent the person here by such a link; empty when none did or the address is foreign."""
    address = request.GET.get(BACK, "")
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return ""
