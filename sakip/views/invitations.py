"""Invitations: coordinators make links, and the people who open them choose their own password."""

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sakip.editing import attempt
from sakip.errors import WrongState
from sakip.forms.invitations import DeliveryForm, InvitationForm
from sakip.models import User
from sakip.services import invitations
from sakip.services.records import require_coordinator
from sakip.sign_in.accounts import PasswordResetKeyForm
from sakip.sign_in.rate_limits import Limit, know_place
from sakip.views.records import for_coordinators

SESSION_KEY = "undangan"
WRONG_LINKS = Limit("undangan", most=20, minutes=1)


@require_http_methods(["GET", "HEAD", "POST"])
def user_invite(request, pk):
    """Makes a new link for one person; the old link and the old password are dead."""
    require_coordinator(request.user)
    person = get_object_or_404(User.objects.invitable_by(request.user), pk=pk)
    if person == request.user:
        return redirect("account_change_password")
    form = DeliveryForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        shown = form.cleaned_data.get("shown", False)
        if invited := attempt(request, form, invitations.invite, cleaned={}, people=[person]):
            return links_page(request, invited, shown=shown)
    return render(request, "sakip/user_invite.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def invitation_list(request):
    """The people who have no password yet, for example those of a workbook."""
    people = User.objects.manageable_by(request.user).without_password().select_related("unit")
    form = InvitationForm(request.POST or None, people=people)
    if form.is_valid() and (invited := attempt(request, form, invitations.invite)):
        return links_page(request, invited)
    context = {"form": form, "people": people.order_by("name", "pk"), "now": timezone.now()}
    return render(request, "sakip/invitation_list.html", context)


def links_page(request, people, *, shown=False):
    """Mails the links, and shows once those of people without an address. Caches do not keep the page."""
    mailed = [] if shown else [person for person in people if person.email]
    if mailed:
        invitations.mail_later(mailed)
    rows = []
    for person in people:
        if person not in mailed:
            link = request.build_absolute_uri(invitations.path_of(person))
            picture = segno.make(link, error="m").svg_inline(scale=3, border=2)
            rows.append({"person": person, "link": link, "picture": mark_safe(picture)})  # noqa: S308  drawn by segno
    context = {"rows": rows, "mailed": mailed, "days": settings.INVITATION_DAYS}
    return render(request, "sakip/invitation_links.html", context)


@require_safe
@login_not_required
def invitation_open(request, token):
    """Moves the secret from the address into the session, so that no header or history keeps it."""
    if WRONG_LINKS.is_reached(request):
        return WRONG_LINKS.refusal(request)
    if invitations.person_of(token, timezone.now()) is None:
        WRONG_LINKS.count(request)
        return _unseen(_dead_page(request))
    request.session[SESSION_KEY] = token
    return _unseen(redirect("invitation-accept"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def invitation_accept(request):
    """Holds no secret in its address. Without a referrer the browser hides its origin too, and CSRF refuses."""
    token, at = request.session.get(SESSION_KEY, ""), timezone.now()
    person = invitations.person_of(token, at)
    if person is None:
        return _dead_page(request)
    form = PasswordResetKeyForm(request.POST or None, user=person)
    if form.is_valid():
        try:
            invitations.accept(token=token, password=form.cleaned_data["password1"], at=at)
        except WrongState:
            return _dead_page(request)
        know_place(request, person)
        logout(request)
        messages.success(request, "Kata sandi Anda tersimpan. Silakan masuk.")
        return redirect("account_login")
    context = {"form": form, "person": person}
    return render(request, "account/invitation.html", context)


def _dead_page(request):
    request.session.pop(SESSION_KEY, None)
    return render(request, "account/invitation.html", {"dead": invitations.DEAD}, status=410)


def _unseen(response):
    response["Referrer-Policy"] = "no-referrer"
    return response
