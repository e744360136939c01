"""The read-only admin page of imports: which person imported which workbook."""

from django.contrib import admin

from sakip.admin import ReadOnlyAdmin
from workbooks.models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["original_name", "kind", "state", "actor", "created_at", "finished_at"]
    list_filter = ["kind", "state"]
    list_select_related = ["actor"]
    search_fields = ["original_name", "sha256"]
    exclude = ["file", "preview", "choices", "plan_digest", "data_version"]
