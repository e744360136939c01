"""Writes docs/data-model.md from the models: a diagram for each app, then every table with its fields."""

import inspect

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import models

APPS = ("sakip", "performance", "recommendations", "workbooks", "reports", "api")
HEAD = """# Data model

Written by `manage.py describe_models` from the models; do not edit it by hand. What the words mean is in
[design.md](design.md). In the diagrams an arrow leads from a record to the one it names; `*` marks many-to-many.
"""


def describe() -> str:
    """The whole document as Markdown."""
    parts = [HEAD]
    for label in APPS:
        found = sorted(apps.get_app_config(label).get_models(), key=lambda model: model.__name__)
        parts += [f"\n## {label}\n", _diagram(found), *map(_table, found)]
    return "\n".join(parts) + "\n"


def _diagram(found):
    lines = ["```mermaid", "classDiagram", "  direction LR"]
    for model in found:
        lines.append(f"  class {model.__name__}")
        for field in _fields(model):
            if field.is_relation and _is_ours(field):
                mark = "*" if field.many_to_many else ""
                lines.append(f"  {model.__name__} --> {_target(field)} : {field.name}{mark}")
    return "\n".join([*lines, "```"])


def _table(model):
    lines = [
        f"\n### {model.__name__}",
        "",
        _meaning(model),
        "",
        "| Field | Type | Means |",
        "|---|---|---|",
    ]
    lines += [f"| `{field.name}` | {_type(field)} | {_words(field)} |" for field in _fields(model)]
    rules = [f"- `{row.name}`: {row.violation_error_message}" for row in model._meta.constraints]
    return "\n".join(lines + (["", "Constraints:", "", *rules] if rules else []))


def _fields(model):
    return [*model._meta.fields, *model._meta.many_to_many]


def _is_ours(field):
    return field.related_model is not None and field.related_model._meta.app_label in APPS


def _target(field):
    return field.related_model.__name__


def _meaning(model):
    text = model.__doc__ or ""
    generated = text.startswith(
        f"{model.__name__}("
    )  # Django generates a docstring when there is none
    return str(model._meta.verbose_name) if generated else inspect.cleandoc(text)


def _type(field):
    if field.is_relation:
        kind = "many to many" if field.many_to_many else "one" if field.unique else "many to one"
        return f"→ {_target(field)} ({kind})" if field.related_model else "→ any record"
    size = f"({field.max_length})" if field.max_length else ""
    if isinstance(field, models.DecimalField):
        size = f"({field.max_digits}, {field.decimal_places})"
    return f"{field.get_internal_type()}{size}{', empty allowed' if field.null else ''}"


def _words(field):
    text = " ".join(filter(None, [str(field.verbose_name), str(field.help_text)]))
    return text.replace("|", "\\|")


class Command(BaseCommand):
    help = "Writes docs/data-model.md from the models; --check only tells whether it is up to date."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="exit with 1 when it is not")

    def handle(self, *args, check, **options):
        file = settings.BASE_DIR / "docs" / "data-model.md"
        text = describe()
        if check and (not file.exists() or file.read_text(encoding="utf-8") != text):
            self.stderr.write("docs/data-model.md is out of date. Run manage.py describe_models.")
            raise SystemExit(1)
        if not check:
            file.write_text(text, encoding="utf-8")
