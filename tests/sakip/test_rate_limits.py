"""Counting of what a computer may do only so often: it holds for as long as it says."""

from django.test import RequestFactory

from sakip.sign_in.rate_limits import Limit

LIMIT = Limit("uji", most=3, minutes=10)


def request(address="10.0.0.1"):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def test_it_holds_for_as_long_as_it_says(db, passing):
    for _ in range(3):
        assert not LIMIT.is_reached(request())
        LIMIT.count(request())
        passing(1)
    passing(6.9)
    assert LIMIT.is_reached(request())
    assert not LIMIT.is_reached(request("10.0.0.2"))
    passing(0.2)  # the first of the three is ten minutes old
    assert not LIMIT.is_reached(request())
