"""Settings pages of people's accounts, for coordinators within their reach."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sakip.editing import StaleEdit, attempt, made_once, posted
from sakip.forms.list_filters import OfUnitsFilter
from sakip.forms.unit_choices import told_apart
from sakip.forms.users import UserForm
from sakip.kept_filters import keeps_filters
from sakip.models import User
from sakip.selectors.listed_tables import PEOPLE
from sakip.selectors.unit_tree import unit_tree
from sakip.services.invitations import create_user
from sakip.services.posts import may_see
from sakip.services.users import save_user
from sakip.sign_in.second_factor import has_factor
from sakip.table_settings import shown_to
from sakip.views.invitations import links_page
from sakip.views.records import conflict_page, for_coordinators, history_of

BY_NAME = ("-is_active", "name", "pk")


@require_safe
@for_coordinators
@keeps_filters("pengguna", OfUnitsFilter.base_fields)
def user_list(request):
    user = request.user
    shown = shown_to(user, PEOPLE)
    people = User.objects.posted_within(user).order_by(*BY_NAME)
    filters = OfUnitsFilter(request.GET, user=user, rows=people)
    page = Paginator(filters.narrowed(), shown.length).get_page(request.GET.get("page"))
    found = page.object_list.with_seats()
    units = {seat.unit for person in found for seat in person.seats} - {None}
    names = told_apart(units, tree=unit_tree(user))
    manageable = User.objects.manageable_by(user).filter(pk__in=[person.pk for person in found])
    managed = set(manageable.values_list("pk", flat=True))
    rows = [
        (
            person,
            [(seat, names.get(seat.unit_id)) for seat in person.seats if may_see(user, seat)],
            person.pk in managed,
        )
        for person in found
    ]
    context = {"rows": rows, "page": page, "now": timezone.now(), "filters": filters}
    context["shown"] = shown
    return render(request, "sakip/user_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def user_create(request):
    form = UserForm(*posted(request), user=request.user)
    if form.is_valid() and (person := attempt(request, form, create_user)):
        made_once(request, reverse("sakip:user-edit", args=[person.pk]))
        return links_page(request, [person] if person.is_active else [])
    return render(request, "sakip/user_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def user_edit(request, pk):
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    form = UserForm(*posted(request), instance=person, user=request.user)
    try:
        if form.is_valid() and (saved := attempt(request, form, save_user, user=person)):
            messages.success(request, f"Akun {saved} disimpan.")
            return redirect("sakip:user-list")
    except StaleEdit as conflict:
        return conflict_page(request, UserForm, conflict, kind="user", person=conflict.current)
    context = {
        "form": form,
        "person": person,
        "history": history_of(person),
        "has_factor": person != request.user and has_factor(person),
    }
    return render(request, "sakip/user_form.html", context)
