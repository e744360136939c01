"""Settings pages (pengaturan): units, people, officials and letterheads, for coordinators within their reach."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sakip import services
from sakip.history import differences
from sakip.models import Letterhead, Official, Unit, User
from sakip.people_forms import (
    LetterheadForm,
    OfficialForm,
    PasswordForm,
    UnitForm,
    UserForm,
    choosable_units,
)
from sakip.permissions import Role
from sakip.sentences import story_of

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def for_coordinators(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.role != Role.COORDINATOR:
            raise PermissionDenied("Pengaturan hanya untuk koordinator.")
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_coordinators
def settings_page(request):
    return render(request, "sakip/settings.html")


def _record_page(request, form, *, kind, created):
    """The form of a unit, official or letterhead; `kind` names its URL and template."""
    if request.method == "POST" and form.is_valid():
        services.save_record(record=form.instance, actor=request.user, changes=differences(form))
        messages.success(request, f"{created} {form.instance} disimpan.")
        return redirect(f"sakip:{kind}-list")
    context = {"form": form, "history": _history(form.instance)}
    return render(request, f"sakip/{kind}_form.html", context)


def _history(record):
    """None for a new record."""
    return story_of(record) if record.pk else None


def _form(request, form_class, instance=None):
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return form_class(*data, instance=instance, user=request.user)


@require_safe
@for_coordinators
def unit_list(request):
    units = Unit.objects.editable_by(request.user).values("pk")
    active_people = Count("people", filter=Q(people__is_active=True))
    people = dict(
        Unit.objects.annotate(people_count=active_people).values_list("pk", "people_count")
    )
    tree = list(Unit.objects.filter(pk__in=units).with_tree_fields())
    top = min((unit.tree_depth for unit in tree), default=0)
    rows = [
        {"unit": unit, "people": people[unit.pk], "depth": min(unit.tree_depth - top, 3)}
        for unit in tree
    ]
    return render(request, "sakip/unit_list.html", {"rows": rows})


@form_methods
@for_coordinators
def unit_create(request):
    return _record_page(request, _form(request, UnitForm), kind="unit", created="Unit")


@form_methods
@for_coordinators
def unit_edit(request, pk):
    unit = get_object_or_404(Unit.objects.editable_by(request.user), pk=pk)
    return _record_page(request, _form(request, UnitForm, unit), kind="unit", created="Unit")


@require_safe
@for_coordinators
def user_list(request):
    people = User.objects.manageable_by(request.user).select_related("unit")
    people = people.order_by("-is_active", "name")
    return render(request, "sakip/user_list.html", {"people": people})


@form_methods
@for_coordinators
def user_create(request):
    form = _form(request, UserForm)
    password_form = PasswordForm(request.POST or None, person=form.instance)
    if request.method == "POST" and form.is_valid() and password_form.is_valid():
        password = password_form.cleaned_data["password"] or services.random_password()
        _save_user(request, form, password=password)
        return _password_page(request, form.instance, password)
    return render(request, "sakip/user_form.html", {"form": form, "password_form": password_form})


@form_methods
@for_coordinators
def user_edit(request, pk):
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    form = _form(request, UserForm, person)
    if request.method == "POST" and form.is_valid():
        _save_user(request, form)
        messages.success(request, f"Akun {form.instance} disimpan.")
        return redirect("sakip:user-list")
    context = {"form": form, "person": person, "history": _history(person)}
    return render(request, "sakip/user_form.html", context)


def _save_user(request, form, **kwargs):
    services.save_user(
        user=form.instance,
        actor=request.user,
        assigned_bodies=form.cleaned_data["assigned_bodies"],
        changes=differences(form),
        **kwargs,
    )


@form_methods
@for_coordinators
def user_password(request, pk):
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    if person == request.user:
        return redirect("account_change_password")
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"] or services.random_password()
        services.give_password(user=person, actor=request.user, password=password)
        return _password_page(request, person, password)
    return render(request, "sakip/user_password.html", {"form": form, "person": person})


def _password_page(request, person, password):
    """Shown in answer to the form and nowhere else; the page is never stored."""
    context = {"person": person, "password": password}
    return render(request, "sakip/user_password_given.html", context)


@require_safe
@for_coordinators
def official_list(request):
    officials = Official.objects.visible_to(request.user).select_related("unit")
    return render(request, "sakip/official_list.html", {"officials": officials})


@form_methods
@for_coordinators
def official_create(request):
    form = _form(request, OfficialForm)
    return _record_page(request, form, kind="official", created="Pejabat")


@form_methods
@for_coordinators
def official_edit(request, pk):
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=pk)
    form = _form(request, OfficialForm, official)
    return _record_page(request, form, kind="official", created="Pejabat")


def _letterheads(user):
    units = Unit.objects.editable_by(user).values("pk")
    return Letterhead.objects.filter(unit__in=units).select_related("unit")


@require_safe
@for_coordinators
def letterhead_list(request):
    context = {
        "letterheads": _letterheads(request.user),
        "may_create": choosable_units(request.user).filter(letterhead=None).exists(),
    }
    return render(request, "sakip/letterhead_list.html", context)


@form_methods
@for_coordinators
def letterhead_create(request):
    form = _form(request, LetterheadForm)
    return _record_page(request, form, kind="letterhead", created="Kop surat")


@form_methods
@for_coordinators
def letterhead_edit(request, pk):
    letterhead = get_object_or_404(_letterheads(request.user), pk=pk)
    form = _form(request, LetterheadForm, letterhead)
    return _record_page(request, form, kind="letterhead", created="Kop surat")


@require_safe
@for_coordinators
def letterhead_logo(request, pk):
    letterhead = get_object_or_404(_letterheads(request.user), pk=pk)
    if not letterhead.logo:
        raise Http404
    return FileResponse(letterhead.logo.open())
