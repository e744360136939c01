"""Light or dark: what the person has chosen in this browser. Without a choice the device decides, by CSS alone.

The choice is a cookie and not a field of the person: it belongs to a screen, and the sign-in page has it too.
"""

from django.conf import settings
from django.db.models import TextChoices

KEPT_SECONDS = 365 * 24 * 60 * 60


class ColorScheme(TextChoices):
    DEVICE = "perangkat", "Ikuti perangkat"
    LIGHT = "terang", "Terang"
    DARK = "gelap", "Gelap"


# The one stylesheet of all pages: dark.css is part of it, and a page asks for no second file.
STYLESHEETS = {
    ColorScheme.DEVICE: "css/site-device.css",
    ColorScheme.LIGHT: "css/site.css",
    ColorScheme.DARK: "css/site-dark.css",
}
# For which screens a page of the admin site links css/dark.css. Paper is always light.
DARK_FOR = {
    ColorScheme.DEVICE: "screen and (prefers-color-scheme: dark)",
    ColorScheme.LIGHT: "",
    ColorScheme.DARK: "screen",
}


def scheme_of(request) -> ColorScheme:
    """A value that is none of ours is no choice. `request` is None on a page that is drawn without one."""
    chosen = request.COOKIES.get(settings.COLOR_SCHEME_COOKIE_NAME) if request else None
    return ColorScheme(chosen) if chosen in ColorScheme.values else ColorScheme.DEVICE


def keep_scheme(response, scheme: ColorScheme) -> None:
    name = settings.COLOR_SCHEME_COOKIE_NAME
    if scheme == ColorScheme.DEVICE:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        scheme.value,
        max_age=KEPT_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
