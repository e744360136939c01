"""The renaksi list on screen, its export and its import call a column by one name."""

import re

from django.urls import reverse

from recommendations.selectors.renaksi_list import COLUMNS
from workbooks.kinds.renaksi import RenaksiSheet

ON_SCREEN = ["plan", "due_date", "status"]


def test_the_export_has_the_columns_of_the_list_in_their_order():
    columns = RenaksiSheet().columns()
    assert [(column.attribute, column.label, column.width) for column in columns] == [
        (column.attribute, column.label, column.width) for column in COLUMNS.values()
    ]
    assert [column.aliases for column in columns] == [row.aliases for row in COLUMNS.values()]


def test_the_screen_calls_them_alike(renaksi, cast, signed_in):
    page = signed_in(cast.rina).get(reverse("recommendations:renaksi-list")).text
    labels = [COLUMNS[name].label for name in ON_SCREEN]
    assert re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page) == ["No", *labels]
    assert re.findall(r'<td data-label="([^"]+)"', page)[:3] == labels
