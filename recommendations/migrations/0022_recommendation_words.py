"""Makes the table of the search words of recommendations and its full-text index, as 0004 and 0021 for renaksi.

`rebuild_search --missing` fills it, which every update runs after the migrations.
"""

import django.db.models.deletion
from django.db import migrations, models

TABLE, INDEX = "recommendations_recommendationwords", "recommendations_texts"
DELETED = f"INSERT INTO {INDEX} ({INDEX}, rowid, text) VALUES ('delete', old.recommendation_id, old.text); "
INSERTED = f"INSERT INTO {INDEX} (rowid, text) VALUES (new.recommendation_id, new.text); "
BUILT = {
    "postgresql": [
        f"ALTER TABLE {TABLE} ADD COLUMN words tsvector "
        "GENERATED ALWAYS AS (strip(to_tsvector('simple', text))) STORED",
        f"CREATE INDEX {INDEX} ON {TABLE} USING gin (words)",
    ],
    "sqlite": [
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5(text, content='{TABLE}', "
        "content_rowid='recommendation_id', tokenize='unicode61', prefix='2 3')",
        f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN {INSERTED}END",
        f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN {DELETED}END",
        f"CREATE TRIGGER {INDEX}_update AFTER UPDATE ON {TABLE} BEGIN {DELETED}{INSERTED}END",
    ],
}
DROPPED = {
    "postgresql": [f"DROP INDEX {INDEX}", f"ALTER TABLE {TABLE} DROP COLUMN words"],
    "sqlite": [
        *(f"DROP TRIGGER {INDEX}_{event}" for event in ("insert", "delete", "update")),
        f"DROP TABLE {INDEX}",
    ],
}


def build_index(apps, schema_editor):
    for statement in BUILT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    for statement in DROPPED[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("recommendations", "0021_search_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecommendationWords",
            fields=[
                (
                    "recommendation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_words",
                        serialize=False,
                        to="recommendations.recommendation",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "kata-kata rekomendasi",
                "verbose_name_plural": "kata-kata rekomendasi",
            },
        ),
        migrations.RunPython(build_index, drop_index),
    ]
