"""The search of the header: its page, what htmx shows while one types, and its key on the keyboard."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sakip.finding import viewed
from sakip.finding.kinds import KINDS, MOST_COUNTED, Wanted, search
from sakip.finding.search_key import KEY_OFF
from sakip.forms.search import SearchForm

FIRST, FIRST_LIVE = 5, 3  # of each kind, while there are others beside it
YEAR = 365 * 24 * 60 * 60


@require_safe
def search_page(request):
    """htmx gets the list alone. Without a text both show what the person opened last."""
    form = SearchForm(request.GET)
    asked, code = form.asked, form.code
    is_live = request.htmx and not request.htmx.history_restore_request
    most = MOST_COUNTED if code else FIRST_LIVE if is_live else FIRST
    found = search(request.user, asked, Wanted(most, code))
    context = {"asked": asked, "code": code, "kinds": KINDS}
    context["found"] = [(one, one.shown(asked)) for one in found]
    if asked.is_empty:
        context["viewed"] = [hit.shown(asked) for hit in viewed.hits(request)]
    return render(request, "sakip/_search_list.html" if is_live else "sakip/search.html", context)


@require_POST
def search_key(request):
    """Turns the key “/” off or on, in this browser (WCAG 2.1.4)."""
    response = redirect("search")
    if request.POST.get("tombol") == KEY_OFF:
        response.set_cookie(
            settings.SEARCH_KEY_COOKIE_NAME,
            KEY_OFF,
            max_age=YEAR,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(settings.SEARCH_KEY_COOKIE_NAME, samesite="Lax")
    return response
