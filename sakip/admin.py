"""The admin site's pages for people, units and the history."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group

from sakip.history import HistoryEntry
from sakip.models import Letterhead, Official, Unit, User


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at, written by the program alone."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class SwitchedOffAdmin(admin.ModelAdmin):
    """Rows that are switched off, never deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "name", "email", "role", "unit"]
        field_classes = {"username": forms.CharField}


@admin.register(User)
class UserAdmin(SwitchedOffAdmin, DjangoUserAdmin):
    add_form = UserCreationForm
    list_display = ["name", "username", "role", "unit", "is_active", "is_superuser"]
    list_filter = ["role", "is_active", "is_superuser", "unit"]
    list_select_related = ["unit"]
    search_fields = ["name", "username", "nip"]
    ordering = ["name"]
    autocomplete_fields = ["unit"]
    filter_horizontal = ["assigned_bodies"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Orang", {"fields": ["name", "nip", "email"]}),
        ("Peran", {"fields": ["role", "unit", "assigned_bodies"]}),
        ("Akses", {"fields": ["is_active", "is_staff", "is_superuser"]}),
        ("Waktu", {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": [
                    "username",
                    "name",
                    "email",
                    "role",
                    "unit",
                    "usable_password",
                    "password1",
                    "password2",
                ]
            },
        )
    ]


@admin.register(Unit)
class UnitAdmin(SwitchedOffAdmin):
    list_display = ["name", "code", "kind", "parent", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name", "code"]
    autocomplete_fields = ["parent"]


@admin.register(Official)
class OfficialAdmin(SwitchedOffAdmin):
    list_display = ["name", "position", "rank", "printed_nip", "unit", "is_active"]
    list_select_related = ["unit"]
    search_fields = ["name", "nip", "position"]
    autocomplete_fields = ["unit"]


@admin.register(Letterhead)
class LetterheadAdmin(admin.ModelAdmin):
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


admin.site.unregister(Group)  # Rights follow the role (sakip.permissions), not Django's groups.
