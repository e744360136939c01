"""The OpenAPI document as chapters to read: addresses, parameters and fields, without its references."""

from dataclasses import dataclass
from typing import Any

from api.rules.scopes import SCOPES

WORDS = {
    "integer": "bilangan bulat",
    "string": "teks",
    "boolean": "true atau false",
    "array": "daftar",
    "object": "rincian",
    "null": "",
}
FORMATS = {"date": "tanggal", "date-time": "waktu", "binary": "berkas", "uri": "alamat"}


@dataclass(frozen=True)
class Member:
    """A parameter or a field: its name, what kind of value it holds, and what it means."""

    name: str
    kind: str
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Address:
    path: str
    title: str
    parameters: tuple[Member, ...]
    fields: tuple[Member, ...]

    @property
    def anchor(self) -> str:
        return self.path.strip("/").replace("/", "-").replace("{", "").replace("}", "")


@dataclass(frozen=True)
class Chapter:
    title: str
    addresses: tuple[Address, ...]


def chapters_of(document: dict[str, Any]) -> list[Chapter]:
    """One chapter for each kind of data that a token may read."""
    found: dict[str, list[Address]] = {scope: [] for scope in SCOPES}
    for path, operations in document["paths"].items():
        operation = operations["get"]
        found[operation["tags"][0]].append(_address(path, operation, document))
    return [Chapter(SCOPES[scope], tuple(rows)) for scope, rows in found.items()]


def _address(path, operation, document):
    parameters = tuple(
        _member(one["name"], one["schema"], document) for one in operation["parameters"]
    )
    return Address(path, operation["summary"], parameters, _fields(operation, document))


def _fields(operation, document):
    """The fields of the records of a list. One record alone has the same; a file has none."""
    content = operation["responses"]["200"].get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    page = _resolved(schema, document).get("properties", {})
    if "items" not in page:
        return ()
    properties = _resolved(page["items"]["items"], document)["properties"]
    return tuple(_member(name, one, document) for name, one in properties.items())


def _resolved(schema, document):
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def _member(name, schema, document):
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    first = _resolved(options[0], document)
    kind = FORMATS.get(first.get("format", "")) or WORDS.get(first.get("type", ""), "")
    if first.get("type") == "array":
        inner = _resolved(first["items"], document)
        kind = f"daftar {WORDS.get(inner.get('type', ''), 'teks')}"
    meaning = schema.get("description") or options[0].get("description", "")
    choices = first.get("enum") or ([first["const"]] if "const" in first else [])
    return Member(name, kind, meaning, tuple(one for one in choices if one))
