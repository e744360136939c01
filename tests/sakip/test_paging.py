"""Pages by the row at their edge: the same rows as a plain sort, from every side, whatever the address says."""

import pytest
from django.db.models import F
from django.http import QueryDict

from sakip.models import Unit, User
from sakip.paging import Ordered, page_of, written
from tests import factories

ORDERS = [("pk",), ("-pk",), ("position", "name", "pk"), ("-position", "-name", "-pk")]
ORDERS += [("parent__name", "is_active", "from_date", "pk"), ("place", "pk")]


@pytest.fixture
def listed(db, settings):
    """Twenty-three units below two others, of which many are equal in all but the key; more than is counted."""
    settings.MOST_COUNTED = 9
    above = [factories.make_unit(name) for name in ("Dinas ~ 50%", "Dinas %7E")]
    for at in range(23):
        factories.make_unit(
            f"Bidang {at % 5}~{at}",
            parent=above[at % 2],
            position=at % 3,
            from_date=f"2020-01-0{1 + at % 2}",
        )
    return Unit.objects.exclude(parent=None).annotate(place=F("position") + 1)


def page(rows, address="", order=("pk",)):
    return page_of(rows, QueryDict(address.removeprefix("?")), order=order, length=4)


@pytest.mark.parametrize("order", ORDERS)
def test_links_lead_through_all_rows_and_back(listed, order):
    expected = [row.pk for row in listed.order_by(*order)]
    shown = page(listed, "?status=x", order)
    pages = [shown]
    while pages[-1].next_link:
        pages.append(page(listed, pages[-1].next_link, order))
    assert [row.pk for one in pages for row in one] == expected
    assert [one.number for one in pages] == [1, 2, 3, 4, 5, 6]
    assert all("status=x" in one.previous_link for one in pages[1:])
    for earlier, later in zip(pages, pages[1:], strict=False):
        back = page(listed, later.previous_link, order)
        assert (back.rows, back.number) == (earlier.rows, earlier.number)


def test_a_short_list_is_counted_and_has_numbers(listed, settings):
    settings.MOST_COUNTED = 23
    shown = page(listed, "?page=2&q=a")
    assert (shown.count_words, shown.number, shown.pages) == ("23", 2, 6)
    assert (shown.first_row, shown.last_row) == (5, 8)
    assert (shown.previous_link, shown.next_link) == ("?q=a&page=1", "?q=a&page=3")
    assert page(listed, "?page=999").number == 6
    assert page(listed.none()).rows == [] and not page(listed.none()).has_other_pages


def test_a_long_list_says_that_it_is_not_counted(listed):
    shown = page(listed)
    assert (shown.count_words, shown.pages) == ("lebih dari 9", None)
    assert "setelah=" in shown.next_link
    assert page(listed, "?page=2").rows == page(listed, shown.next_link).rows
    assert page(listed, "?page=900").number == 1  # nobody counts so far


@pytest.mark.parametrize(
    "address",
    [
        "setelah=",
        "setelah=x",
        "setelah=1~2",
        "setelah=99999999999999999999",
        "setelah=%00",
        "setelah=-",
        "sebelum=1.5&page=7",
        "setelah=" + "9" * 3000,
        "page=x",
        "page=-1",
    ],
)
def test_an_address_nobody_wrote_shows_the_first_page(listed, address):
    shown = page(listed, address)
    assert (shown.rows, shown.number) == (page(listed).rows, 1)


@pytest.mark.parametrize("name", ["setelah", "sebelum"])
@pytest.mark.parametrize(
    "moment", ["0001-01-01", "0001-01-01T00:00:00", "9999-12-31T23:59:59-23:59"]
)
def test_a_moment_that_no_database_holds_shows_the_first_page(cast, name, moment):
    """There is no such moment in UTC."""
    rows, order = User.objects.all(), ("date_joined", "pk")
    shown = page(rows, f"{name}={moment}~1", order)
    assert (shown.rows, shown.number) == (page(rows, "", order).rows, 1)


def test_a_link_stays_right_when_rows_come_and_go(listed):
    order = ("position", "name", "pk")
    link = page(listed, order=order).next_link
    second = page(listed, link, order).rows
    listed.order_by(*order)[3].delete()  # the edge row itself
    factories.make_unit("Bidang", parent=second[0].parent)  # before it
    assert page(listed, link, order).rows == second
    Unit.objects.filter(pk__in=[row.pk for row in listed.order_by(*order)[8:]]).delete()
    assert page(
        listed, link, order
    ).rows  # what was there is gone: the end of the list, not an empty page


def test_the_first_page_is_always_full(listed):
    third = listed.order_by("pk")[2]
    shown = page(listed, f"?sebelum={written([third.pk])}&page=7")
    assert (len(shown), shown.number) == (4, 1)


def test_columns_go_in_one_direction(listed):
    with pytest.raises(ValueError, match="one direction"):
        Ordered(listed, ("-position", "pk"))


def test_the_page_loads_what_it_shows_and_nothing_else(listed, django_assert_num_queries):
    with django_assert_num_queries(3):
        shown = page_of(
            listed, QueryDict("page=2"), length=4, load=lambda rows: rows.select_related("parent")
        )
        assert all(row.parent.name for row in shown)
