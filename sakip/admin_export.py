"""Exports lists of the admin site to an Excel file, with django-import-export.

Only for lists that no workbook contains; the other lists link to their workbook
(workbooks/templatetags).
"""

from datetime import date

import structlog
from django.contrib.admin.utils import label_for_field, lookup_field
from import_export.admin import ExportMixin
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.resources import Resource

from sakip.dates import format_date

logger = structlog.get_logger(__name__)


class ListResource(Resource):
    """The columns of one `list_display`, with the same text as in the list on the page."""

    model_admin = None

    def export_field(self, field, instance, **kwargs):
        column, _, value = lookup_field(field.attribute, instance, self.model_admin)
        if isinstance(value, bool):
            return "Ya" if value else "Tidak"
        if isinstance(value, date):
            return format_date(value)
        if column is not None and column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return "" if value is None else str(value)


class ListExport(ExportMixin):
    """Exports the rows that the person has filtered, with the columns of `list_display`.

    Sends the file at once, without the page of options that the package has: that page is not in
    Indonesian, and the security policy refuses its inline scripts. The file contains nothing that
    the list does not show.
    """

    formats = [XLSX]
    skip_export_form = True
    import_export_change_list_template = "admin/change_list.html"

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_export_resource_classes(self, request):
        columns = {name: self._column(name) for name in self.get_list_display(request)}
        return [type("ListResource", (ListResource,), columns | {"model_admin": self})]

    def export_action(self, request):
        logger.info("exported", list=self.model._meta.label_lower)
        return super().export_action(request)

    def _column(self, name):
        label = label_for_field(name, self.model, self)
        return Field(attribute=name, column_name=f"{label[:1].upper()}{label[1:]}")
