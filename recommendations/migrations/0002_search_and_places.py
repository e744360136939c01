"""What the models cannot say: the full-text indexes of the search words, and the triggers that let each renaksi
repeat its place in the lists (recommendations/models/placing.py)."""

from django.db import migrations

# Table of the words, its key column, and the name of its full-text index.
WORDS = (
    ("recommendations_searchdocument", "renaksi_id", "recommendations_search"),
    ("recommendations_recommendationwords", "recommendation_id", "recommendations_texts"),
)


def postgresql(table, key, index):
    """The lexemes are stored: a page of a list compares them, and need not cut each text again (0.15 ms)."""
    return [
        f"ALTER TABLE {table} ADD COLUMN words tsvector "
        "GENERATED ALWAYS AS (strip(to_tsvector('simple', text))) STORED",
        f"CREATE INDEX {index} ON {table} USING gin (words)",
    ]


def sqlite(table, key, index):
    """FTS5 keeps no texts of its own; the triggers tell it what changes."""
    deleted = f"INSERT INTO {index} ({index}, rowid, text) VALUES ('delete', old.{key}, old.text); "  # noqa: S608  names of our own
    inserted = f"INSERT INTO {index} (rowid, text) VALUES (new.{key}, new.text); "  # noqa: S608  names of our own
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5(text, content='{table}', content_rowid='{key}', "
        "tokenize='unicode61', prefix='2 3')",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {inserted}END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {deleted}END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE ON {table} BEGIN {deleted}{inserted}END",
    ]


def build(apps, schema_editor):
    from recommendations.models import placing

    statements = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    for names in WORDS:
        for statement in statements(*names):
            schema_editor.execute(statement)
    placing.put_up(schema_editor.connection)


class Migration(migrations.Migration):
    replaces = [
        ("recommendations", "0004_search"),
        ("recommendations", "0017_renaksi_place"),
        ("recommendations", "0020_pages_find_rows"),
        ("recommendations", "0021_search_words"),
        ("recommendations", "0022_recommendation_words"),
    ]
    dependencies = [("recommendations", "0001_release_1")]
    operations = [migrations.RunPython(build)]
