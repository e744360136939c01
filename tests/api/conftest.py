from tests.api.asking import asking  # noqa: F401  (a fixture)
