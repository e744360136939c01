"""The admin site's pages for people, units and the history.

Only users, units, officials and letterheads are written here, through the services and with history;
everything else in the admin site is read-only (tests/test_admin_site.py).
"""

from allauth.account.admin import EmailAddress  # registers itself
from allauth.mfa.admin import Authenticator  # registers itself
from allauth.socialaccount.admin import SocialAccount, SocialApp, SocialToken  # register themselves
from allauth.usersessions.admin import UserSession  # registers itself
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone

from sakip.admin_export import ListExport
from sakip.editing import StaleEdit, add_errors, require_version
from sakip.history.entries import HistoryEntry
from sakip.models import Letterhead, Official, Unit, User
from sakip.policy import SYSTEM
from sakip.services import authority, records, users
from sakip.services.departures import require_handed_over
from sakip.services.officials import require_free_post
from sakip.services.units import require_idle


class ReadOnly:
    """Rows that only the program writes; people can only read them."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    pass


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    """Parts of a record; people can only read them."""

    extra = 0


class CheckedForm(forms.ModelForm):
    """Refuses to save when somebody else changed the record after the page was opened.

    Works like VersionedForm, but its field has another name than the column `version`: that column
    is not editable, and Django does not allow it in an admin form.
    """

    read_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["read_version"].initial = self.instance.version

    def clean(self):
        data = super().clean()
        noun = self.instance._meta.verbose_name
        try:
            require_version(self.instance, data.get("read_version"), noun)
        except StaleEdit as conflict:
            raise ValidationError(f"{conflict} Buka halaman ini sekali lagi.") from conflict
        return data


class RecordAdmin(admin.ModelAdmin):
    """Saves through the services, which add a history entry. Rows are never deleted."""

    form = CheckedForm

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        who = {"actor": request.user, "at": timezone.now()}
        if change:
            given = {name: getattr(obj, name) for name in form.changed_data}
            given |= {name: form.cleaned_data[name] for name in given if _is_many(obj, name)}
            self.save_record(obj, version=form.cleaned_data["read_version"], **given, **who)
        else:
            saved = self.save_record(self.empty(obj), **self.typed(obj, form), **who)
            obj.__dict__.update(saved.__dict__)  # the admin site continues to use `obj`

    def empty(self, obj):
        """An empty record to fill, so that the history lists every field that was typed."""
        return type(obj)()

    def typed(self, obj, form):
        names = {field.name for field in (*obj._meta.fields, *obj._meta.many_to_many)}
        return {name: value for name, value in form.cleaned_data.items() if name in names}

    def save_record(self, obj, **fields):
        return records.save_record(record=obj, **fields)


def _is_many(obj, name):
    return obj._meta.get_field(name).many_to_many


class ServiceCheckedForm(CheckedForm):
    """Shows the errors of the service's own check beside the fields."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            try:
                self.check_record(self.instance)
            except ValidationError as error:
                add_errors(self, error)


class UnitRecordForm(ServiceCheckedForm):
    def check_record(self, unit):
        before = Unit.objects.filter(pk=unit.pk).first()
        if before is None:
            return
        authority.check_structure(
            actor=SYSTEM,
            unit_id=unit.pk,
            before=(before.kind, before.parent_id),
            after=(unit.kind, unit.parent_id),
        )
        if before.is_active and not unit.is_active:
            require_idle(unit)


class CheckedOfficialForm(ServiceCheckedForm):
    check_record = staticmethod(require_free_post)


class UserCreationForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "name", "email", "role", "unit"]


class AccountForm(CheckedForm, UserChangeForm):
    """Shows the errors of the service beside the fields. Checks no reach: a superuser reaches all."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            bodies = self.cleaned_data["assigned_bodies"]
            try:
                authority.check_evaluator(user=self.instance, assigned_bodies=bodies)
                require_handed_over(User.objects.get(pk=self.instance.pk), self.instance)
                users.check_other_posts(user=self.instance, assigned_bodies=bodies)
            except ValidationError as error:
                add_errors(self, error)


@admin.register(User)
class UserAdmin(RecordAdmin, DjangoUserAdmin):
    add_form = UserCreationForm
    form = AccountForm
    list_display = ["name", "username", "role", "unit", "is_active", "is_superuser"]
    list_filter = ["role", "evaluates_all", "is_active", "is_superuser", "unit"]
    list_select_related = ["unit"]
    search_fields = ["name", "username", "nip"]
    ordering = ["name"]
    autocomplete_fields = ["unit"]
    filter_horizontal = ["assigned_bodies"]
    readonly_fields = ["last_login", "date_joined", "several_posts"]
    fieldsets = [
        (None, {"fields": ["username", "password", "read_version"]}),
        ("Orang", {"fields": ["name", "nip", "email"]}),
        (
            "Peran",
            {"fields": ["role", "unit", "evaluates_all", "assigned_bodies", "several_posts"]},
        ),
        ("Akses", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Waktu", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "name", "email", "role", "unit"]})]

    @admin.display(description="penugasan lain")
    def several_posts(self, user):
        return "; ".join(map(str, user.other_posts.select_related("unit"))) if user.pk else ""

    def user_change_password(self, request, id, form_url=""):
        """Nobody gives a password to another person: the button opens the page of the invitation."""
        return redirect("sakip:user-invite", id)

    def save_record(self, obj, **fields):
        return users.save_user(user=obj, **fields)


@admin.register(Unit)
class UnitAdmin(RecordAdmin):
    form = UnitRecordForm
    list_display = ["name", "code", "kind", "parent", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name", "code", "former_names__name"]
    autocomplete_fields = ["parent"]


@admin.register(Official)
class OfficialAdmin(ListExport, RecordAdmin):
    form = CheckedOfficialForm
    list_display = [
        "name", "title", "from_date", "to_date", "rank", "printed_nip", "unit", "is_active"
    ]  # fmt: skip
    list_select_related = ["unit"]
    search_fields = ["name", "nip", "position"]
    autocomplete_fields = ["unit"]

    @admin.display(description="jabatan", ordering="position")
    def title(self, official):
        return official.title

    @admin.display(description="NIP", ordering="nip")
    def printed_nip(self, official):
        return official.printed_nip


@admin.register(Letterhead)
class LetterheadAdmin(RecordAdmin):
    list_display = ["unit", "government", "body"]
    list_select_related = ["unit"]
    autocomplete_fields = ["unit"]


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "action_label", "label"]
    list_select_related = ["actor"]
    list_filter = ["action"]
    search_fields = ["label", "note"]
    date_hierarchy = "at"


admin.site.unregister(Group)  # Rights follow the role (sakip.policy), not Django's groups.
admin.site.unregister(EmailAddress)  # The e-mail address is a field of the account.
admin.site.unregister(Authenticator)  # It holds secrets; a coordinator resets it, with history.
admin.site.unregister(UserSession)  # Each person ends the own ones.
for model in (SocialAccount, SocialApp, SocialToken):  # The provider is set in the environment.
    admin.site.unregister(model)
