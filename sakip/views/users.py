"""Settings pages of people's accounts, for coordinators within their reach."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sakip.editing import StaleEdit, attempt, posted
from sakip.forms.list_filters import OfUnitsFilter
from sakip.forms.users import PasswordForm, UserForm
from sakip.models import User
from sakip.services.users import give_password, save_user
from sakip.views.records import conflict_page, for_coordinators, history_of


@require_safe
@for_coordinators
def user_list(request):
    people = User.objects.manageable_by(request.user)
    people = people.order_by("-is_active", "name").annotate(body_count=Count("assigned_bodies"))
    filters = OfUnitsFilter(request.GET, user=request.user, rows=people)
    return render(request, "sakip/user_list.html", {"people": filters.rows, "filters": filters})


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def user_create(request):
    form = UserForm(*posted(request), user=request.user)
    password_form = PasswordForm(request.POST or None, person=form.instance)
    if form.is_valid() and password_form.is_valid():
        password = password_form.cleaned_data["password"]
        given = {"user": User(), "password": password}
        if person := attempt(request, form, save_user, **given):
            return _password_page(request, person, password)
    return render(request, "sakip/user_form.html", {"form": form, "password_form": password_form})


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
    context = {"form": form, "person": person, "history": history_of(person)}
    return render(request, "sakip/user_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_coordinators
def user_password(request, pk):
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    if person == request.user:
        return redirect("account_change_password")
    form = PasswordForm(request.POST or None, person=person)
    if form.is_valid() and attempt(request, form, give_password, user=person):
        return _password_page(request, person, form.cleaned_data["password"])
    return render(request, "sakip/user_password.html", {"form": form, "person": person})


def _password_page(request, person, password):
    """Shows the new password once, as the answer to the form. Caches do not keep the page."""
    context = {"person": person, "password": password}
    return render(request, "sakip/user_password_given.html", context)
