import pytest

from api.services import allowance
from tests.api.asking import asking  # noqa: F401  (a fixture)


@pytest.fixture(autouse=True)
def full_hands():
    """A process remembers what it has taken for a token; the next test has a token of the same key."""
    allowance._hands.clear()
