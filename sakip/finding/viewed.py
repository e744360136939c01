"""The records that a person opened last, for the empty search.

They stand in a signed cookie, so that opening a page writes nothing into the database. It holds only keys,
and what is shown of them is asked for anew, within the reader's present reach. It names its person: whoever
signs in next at the same browser begins with none.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer

from sakip.converters import key_of
from sakip.finding.kinds import RECORDS, Hit
from sakip.sign_in.sessions import is_poll

MOST = 8
KEPT_SECONDS = 90 * 24 * 60 * 60
signer = Signer(salt="sakip.viewed")


class ViewedMiddleware:
    """Puts the record of a page that was shown in front of the others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if (record := _shown_by(request, response)) and request.user.is_authenticated:
            before = read(request)
            after = [record, *(one for one in before if one != record)][:MOST]
            if after != before:
                _write(request, response, after)
        return response


def _shown_by(request, response) -> tuple[str, int] | None:
    match = request.resolver_match
    is_page = request.method == "GET" and response.status_code == 200 and match is not None
    if not is_page or "pk" not in match.kwargs or request.htmx or is_poll(request):
        return None
    codes = (one.code for one in RECORDS.values() if one.view_name == match.view_name)
    code = next(codes, None)
    return (code, match.kwargs["pk"]) if code else None


def read(request) -> list[tuple[str, int]]:
    """Pairs of the code of a kind and a key, the last one first; none of another person."""
    try:
        text = signer.unsign(request.COOKIES.get(settings.VIEWED_COOKIE_NAME, ""))
    except BadSignature:
        return []
    person, *records = text.split(".")
    if person != str(request.user.pk):
        return []
    pairs = (record.partition("-")[::2] for record in records)
    return [(code, key) for code, digits in pairs if code in RECORDS and (key := key_of(digits))]


def _write(request, response, records):
    parts = [str(request.user.pk), *(f"{code}-{key}" for code, key in records)]
    response.set_cookie(
        settings.VIEWED_COOKIE_NAME,
        signer.sign(".".join(parts)),
        max_age=KEPT_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def hits(request) -> list[Hit]:
    """What was opened last and may still be seen. One query for each kind among them, two for recommendations."""
    records = read(request)
    found = {
        code: RECORDS[code].load(request.user, [key for one, key in records if one == code])
        for code in {code for code, _ in records}
    }
    return [found[code][key] for code, key in records if key in found[code]]
