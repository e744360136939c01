"""Settings pages (pengaturan): units, people, officials and letterheads, for coordinators within their reach."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from sakip.editing import StaleEdit, attempt, posted
from sakip.forms.people import LetterheadForm, OfficialForm, PasswordForm, UnitForm, UserForm
from sakip.forms.unit_choices import choosable_units
from sakip.history.sentences import story_of
from sakip.models import Letterhead, Official, Unit, User
from sakip.roles import Role
from sakip.services import people as services
from sakip.writing import label, words

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


LISTS = {
    "unit": "sakip:unit-list",
    "official": "sakip:official-list",
    "letterhead": "sakip:letterhead-list",
}


def _record_page(request, form_class, *, kind, noun, record=None):
    """The form of a unit, official or letterhead; `kind` names its list and its template."""
    form = form_class(*posted(request), instance=record, user=request.user)
    target = {"record": record or form_class.Meta.model()}
    try:
        if form.is_valid() and (saved := attempt(request, form, services.save_record, **target)):
            messages.success(request, f"{noun} {saved} disimpan.")
            return redirect(LISTS[kind])
    except StaleEdit as conflict:
        return _conflict_page(request, form_class, conflict, kind=kind)
    context = {"form": form, "history": _history(form.instance)}
    return render(request, f"sakip/{kind}_form.html", context)


def _conflict_page(request, form_class, conflict, *, kind, **context):
    """409: what is saved now beside what was typed. Typing is kept; saving again overwrites."""
    current = conflict.current
    if current is None:
        raise conflict
    data = request.POST.copy()
    data["version"] = current.version
    form = form_class(data, request.FILES, instance=current, user=request.user)
    saved = [(label(current, name), words(current, name)) for name in form_class.Meta.fields]
    context |= {"form": form, "history": _history(current), "conflict": conflict, "saved": saved}
    return render(request, f"sakip/{kind}_form.html", context, status=409)


def _history(record):
    """None for a new record."""
    return story_of(record) if record.pk else None


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
    return _record_page(request, UnitForm, kind="unit", noun="Unit")


@form_methods
@for_coordinators
def unit_edit(request, pk):
    unit = get_object_or_404(Unit.objects.editable_by(request.user), pk=pk)
    return _record_page(request, UnitForm, kind="unit", noun="Unit", record=unit)


@require_safe
@for_coordinators
def user_list(request):
    people = User.objects.manageable_by(request.user).select_related("unit")
    people = people.order_by("-is_active", "name").annotate(body_count=Count("assigned_bodies"))
    return render(request, "sakip/user_list.html", {"people": people})


@form_methods
@for_coordinators
def user_create(request):
    form = UserForm(*posted(request), user=request.user)
    password_form = PasswordForm(request.POST or None, person=form.instance)
    if form.is_valid() and password_form.is_valid():
        password = password_form.cleaned_data["password"]
        given = {"user": User(), "password": password}
        if person := attempt(request, form, services.save_user, **given):
            return _password_page(request, person, password)
    return render(request, "sakip/user_form.html", {"form": form, "password_form": password_form})


@form_methods
@for_coordinators
def user_edit(request, pk):
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    form = UserForm(*posted(request), instance=person, user=request.user)
    try:
        if form.is_valid() and (saved := attempt(request, form, services.save_user, user=person)):
            messages.success(request, f"Akun {saved} disimpan.")
            return redirect("sakip:user-list")
    except StaleEdit as conflict:
        return _conflict_page(request, UserForm, conflict, kind="user", person=conflict.current)
    context = {"form": form, "person": person, "history": _history(person)}
    return render(request, "sakip/user_form.html", context)


@form_methods
@for_coordinators
def user_password(request, pk):
    person = get_object_or_404(User.objects.manageable_by(request.user), pk=pk)
    if person == request.user:
        return redirect("account_change_password")
    form = PasswordForm(request.POST or None, person=person)
    if form.is_valid() and attempt(request, form, services.give_password, user=person):
        return _password_page(request, person, form.cleaned_data["password"])
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
    return _record_page(request, OfficialForm, kind="official", noun="Pejabat")


@form_methods
@for_coordinators
def official_edit(request, pk):
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=pk)
    return _record_page(request, OfficialForm, kind="official", noun="Pejabat", record=official)


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
    return _record_page(request, LetterheadForm, kind="letterhead", noun="Kop surat")


@form_methods
@for_coordinators
def letterhead_edit(request, pk):
    letterhead = get_object_or_404(_letterheads(request.user), pk=pk)
    return _record_page(
        request, LetterheadForm, kind="letterhead", noun="Kop surat", record=letterhead
    )


@require_safe
@for_coordinators
def letterhead_logo(request, pk):
    letterhead = get_object_or_404(_letterheads(request.user), pk=pk)
    if not letterhead.logo:
        raise Http404
    return FileResponse(letterhead.logo.open())
