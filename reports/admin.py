"""The admin site's pages for issued documents. What is issued is only shown, here too."""

from django.contrib import admin

from reports.models import IssuedReport, TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import FROZEN
from sakip.errors import WrongState


class DraftOnlyAdmin(admin.ModelAdmin):
    """A page whose record belongs to a memo that is frozen once issued."""

    def _is_issued(self, record):
        memo = getattr(record, "telaah_staf", record)
        return memo is not None and not memo.is_draft

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not self._is_issued(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not self._is_issued(obj)

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        self._refuse_when_issued(request, object_id)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request, object_id, *args, **kwargs):
        self._refuse_when_issued(request, object_id)
        return super().delete_view(request, object_id, *args, **kwargs)

    def _refuse_when_issued(self, request, object_id):
        """409 in words, where Django alone would say 403."""
        record = self.get_object(request, object_id) if object_id else None
        if request.method == "POST" and self._is_issued(record):
            raise WrongState(FROZEN)


class SectionInline(admin.TabularInline):
    model = TelaahStafSection
    extra = 0
    show_change_link = True


class BlockInline(admin.StackedInline):
    model = TelaahStafBlock
    extra = 0


@admin.register(TelaahStaf)
class TelaahStafAdmin(DraftOnlyAdmin):
    list_display = ["number", "subject", "status", "date", "signatory"]
    list_filter = ["status"]
    list_select_related = ["signatory"]
    autocomplete_fields = ["evaluation", "signatory"]
    filter_horizontal = ["components"]
    readonly_fields = ["status", "issued_at", "issued_by", "replaces"]
    inlines = [SectionInline]


@admin.register(TelaahStafSection)
class TelaahStafSectionAdmin(DraftOnlyAdmin):
    list_display = ["heading", "telaah_staf", "position"]
    list_select_related = ["telaah_staf"]
    inlines = [BlockInline]

    def has_module_permission(self, request):
        return False


@admin.register(IssuedReport)
class IssuedReportAdmin(admin.ModelAdmin):
    """To look something up; issuing and withdrawing are done on the pages."""

    list_display = ["number", "title", "unit", "date", "status", "code"]
    list_select_related = ["unit"]
    search_fields = ["number", "title", "code", "sha256"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
