"""Headers and cookies."""

from csp.constants import NONE, SELF

from sakip import environment
from sakip.settings.base import HTTPS
from sakip.settings.people import SESSION_HOURS

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Functions of the browser that no page may use.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [],
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "gyroscope": [],
    "magnetometer": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "usb": [],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Proxies before the program that add the address of whom they answer to the end of X-Forwarded-For. That
# many entries from the end stands the client; what the client itself writes stands further left.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.read_int(
    "TRUSTED_PROXIES", default=1 if HTTPS else 0, maximum=9
)
# A day longer than a session lasts, so that the program finds it and can say why it has ended.
SESSION_COOKIE_AGE = (SESSION_HOURS + 24) * 60 * 60
SESSION_ENGINE = "sakip.sign_in.sessions"
MESSAGE_STORAGE = "sakip.sign_in.message_cookie.MessageStorage"
MESSAGE_COOKIE_NAME = "pesan"
SEEN_COOKIE_NAME = "dipakai"  # when the session was last used
VIEWED_COOKIE_NAME = "dilihat"  # which records were opened last
SEARCH_KEY_COOKIE_NAME = "pintasan"  # that the key of the search is turned off
COLOR_SCHEME_COOKIE_NAME = "tampilan"  # light or dark
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME = "__Host-sesi"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SEEN_COOKIE_NAME = "__Host-dipakai"
    VIEWED_COOKIE_NAME = "__Host-dilihat"
    SEARCH_KEY_COOKIE_NAME = "__Host-pintasan"
    COLOR_SCHEME_COOKIE_NAME = "__Host-tampilan"
    MESSAGE_COOKIE_NAME = "__Host-pesan"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
