"""What a person sent just after the session had ended: kept until they have signed in again.

It lies in the new, still anonymous session of the same browser, and is shown only to the same person.
"""

from django.middleware.csrf import CsrfViewMiddleware

TYPED = "sakip.sign_in.unsent"
MOST = 500_000  # characters in all; more is not kept
SECRET = ("csrfmiddlewaretoken", "password", "code", "credential")


def read(request) -> dict | None:
    """The address and the fields of a form that a person sent; None for anything else."""
    asked_for_page = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    is_form = request.method == "POST" and (asked_for_page or request.htmx)
    if not is_form or request.path.startswith("/akun/") or not _is_of_our_page(request):
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in SECRET)
    ]
    if not any(value for _, value in fields) or sum(len(value) for _, value in fields) > MOST:
        return None
    return {"path": request.get_full_path(), "fields": fields, "has_files": bool(request.FILES)}


def _is_of_our_page(request) -> bool:
    """Asked here, because the token is looked at later, when nobody is signed in any more.

    The page of a neighbour in the same domain may send a form, and the cookie goes with it. Shown as the
    person's own unsent words, the person would then send it.
    """
    return CsrfViewMiddleware(lambda request: None).process_view(request, read, (), {}) is None


def remember(request, typed, person: int):
    request.session[TYPED] = typed | {"person": person.pk}


def of_person(request) -> dict | None:
    """What the signed-in person sent before. Somebody else's is thrown away."""
    typed = request.session.get(TYPED)
    if typed and typed["person"] != request.user.pk:
        del request.session[TYPED]
        return None
    return typed
