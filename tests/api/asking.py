"""Asking the API as another program does: with a token, without a session."""

import pytest

from tests import factories


class Asker:
    """`ask("renaksi", status="open")` answers as `client.get` does."""

    def __init__(self, client, text):
        self.client, self.text = client, text

    def __call__(self, path, *, headers=None, **query):
        headers = {"Authorization": f"Bearer {self.text}", **(headers or {})}
        return self.client.get(f"/api/v1/{path}", query, headers=headers)

    def items(self, path, **query):
        """The records of all pages."""
        answer = self(path, **query)
        assert answer.status_code == 200, answer.content
        told = answer.json()
        while told["next"]:
            yield from told["items"]
            address = told["next"].partition("/api/v1/")[2]
            told = self(address).json()
        yield from told["items"]


@pytest.fixture
def asking(client):
    """asking(person) asks with a new token of that person."""
    return lambda person, **fields: Asker(client, factories.make_token(person, **fields)[1])
