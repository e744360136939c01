"""Admin pages that show issued documents and telaah staf. They are for reading only.

Writing, issuing and withdrawing happen on the program's own pages. Those pages take locks, compare the
version that the person read, and write history.
"""

from django.contrib import admin

from reports.models import IssuedReport, TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.permissions import FROZEN
from sakip.admin import ReadOnly, ReadOnlyAdmin, ReadOnlyInline
from sakip.errors import WrongState


class MemoAdmin(ReadOnlyAdmin):
    """A telaah staf or a part of it."""

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        self._refuse_when_issued(request, object_id)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request, object_id, *args, **kwargs):
        self._refuse_when_issued(request, object_id)
        return super().delete_view(request, object_id, *args, **kwargs)

    def _refuse_when_issued(self, request, object_id):
        """Answers 409 with a sentence for an issued telaah staf. Django alone would answer 403."""
        record = self.get_object(request, object_id) if object_id else None
        telaah_staf = getattr(record, "telaah_staf", record)
        if request.method == "POST" and telaah_staf is not None and not telaah_staf.is_draft:
            raise WrongState(FROZEN)


class SectionInline(ReadOnlyInline):
    model = TelaahStafSection
    show_change_link = True


class BlockInline(ReadOnly, admin.StackedInline):
    model = TelaahStafBlock
    extra = 0


@admin.register(TelaahStaf)
class TelaahStafAdmin(MemoAdmin):
    list_display = ["number", "subject", "status", "date", "signatory"]
    list_filter = ["status"]
    list_select_related = ["signatory"]
    inlines = [SectionInline]


@admin.register(TelaahStafSection)
class TelaahStafSectionAdmin(MemoAdmin):
    list_display = ["heading", "telaah_staf", "position"]
    list_select_related = ["telaah_staf"]
    inlines = [BlockInline]

    def has_module_permission(self, request):
        return False


@admin.register(IssuedReport)
class IssuedReportAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "unit", "date", "status", "code"]
    list_select_related = ["unit"]
    search_fields = ["number", "title", "code", "sha256"]
