"""Creates the table of search words and a full-text index on it, with SQL for each database."""

import django.db.models.deletion
from django.db import migrations, models

INDEX = {
    "postgresql": [
        "CREATE INDEX recommendations_search ON recommendations_searchdocument "
        "USING gin (to_tsvector('simple', text))",
    ],
    "sqlite": [
        "CREATE VIRTUAL TABLE recommendations_search USING fts5("
        "text, content='recommendations_searchdocument', content_rowid='renaksi_id', "
        "tokenize='unicode61', prefix='2 3')",
        "CREATE TRIGGER recommendations_search_insert AFTER INSERT ON recommendations_searchdocument "
        "BEGIN "
        "INSERT INTO recommendations_search (rowid, text) VALUES (new.renaksi_id, new.text); "
        "END",
        "CREATE TRIGGER recommendations_search_delete AFTER DELETE ON recommendations_searchdocument "
        "BEGIN "
        "INSERT INTO recommendations_search (recommendations_search, rowid, text) "
        "VALUES ('delete', old.renaksi_id, old.text); "
        "END",
        "CREATE TRIGGER recommendations_search_update AFTER UPDATE ON recommendations_searchdocument "
        "BEGIN "
        "INSERT INTO recommendations_search (recommendations_search, rowid, text) "
        "VALUES ('delete', old.renaksi_id, old.text); "
        "INSERT INTO recommendations_search (rowid, text) VALUES (new.renaksi_id, new.text); "
        "END",
    ],
}
NO_INDEX = {
    "postgresql": ["DROP INDEX recommendations_search"],
    "sqlite": [
        "DROP TRIGGER recommendations_search_insert",
        "DROP TRIGGER recommendations_search_delete",
        "DROP TRIGGER recommendations_search_update",
        "DROP TABLE recommendations_search",
    ],
}


def build_index(apps, schema_editor):
    for statement in INDEX[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in NO_INDEX[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0003_review_and_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "renaksi",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="recommendations.renaksi",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "dokumen pencarian",
                "verbose_name_plural": "dokumen pencarian",
            },
        ),
        migrations.RunPython(build_index, drop_index),
    ]
