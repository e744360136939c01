"""What a renaksi repeats from its recommendation and its LHE, and the triggers that keep it so.

Lists filter and sort by the place of a renaksi. With its columns in one table an index answers them, as no
index can across a join. Nobody writes these columns: triggers of the database fill them, whatever way a row
comes or its recommendation or LHE changes. Objects in memory read `recommendation.evaluation` as ever: the
triggers fill rows, not objects. SQLite drops the triggers of a table that a migration rebuilds, and cannot
rebuild one that a trigger elsewhere names, so `migrate` takes them down before and puts them up after.
"""

from datetime import UTC, date, datetime

from django.db import connection as default_connection
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from recommendations import transitions
from sakip.models import Unit
from sakip.triggers import drop, not_standing

LAST_DAY = date.max  # stands for no due date, so that such renaksi come last
NOBODY_SENT = datetime(1900, 1, 1, tzinfo=UTC)


def _repeated(model, name):
    """A column that repeats a reference: its original has the constraints, and the indexes name it themselves."""
    return models.ForeignKey(
        model,
        on_delete=models.DO_NOTHING,
        null=True,
        editable=False,
        db_constraint=False,
        db_index=False,
        related_name="+",
        verbose_name=name,
    )


class RepeatedPlace(models.Model):
    """The place of a renaksi: its LHE, body, year, recommendation and component, and its ranks in the list.

    Ascending (latest_first, evaluation, recommendation_number, position) is the order of the documents, the
    latest year first. `sent_order` puts what nobody has sent in front: a document says that it is done. The
    columns are null only within the statement that makes the row.
    """

    evaluation = _repeated("recommendations.Evaluation", "evaluasi")
    body = _repeated(Unit, "perangkat daerah")
    performance_year = models.PositiveSmallIntegerField("tahun kinerja", null=True, editable=False)
    recommendation_number = models.PositiveSmallIntegerField(
        "nomor rekomendasi", null=True, editable=False
    )
    component = _repeated("recommendations.Component", "komponen")
    is_closed = models.GeneratedField(
        expression=Q(status__in=transitions.CLOSED),
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name="selesai",
    )
    due_order = models.GeneratedField(
        expression=Coalesce("due_date", Value(LAST_DAY)),
        output_field=models.DateField(),
        db_persist=True,
        verbose_name="urutan batas waktu",
    )
    latest_first = models.GeneratedField(
        expression=F("performance_year") * -1,
        output_field=models.IntegerField(),
        db_persist=True,
        verbose_name="urutan tahun",
    )
    sent_order = models.GeneratedField(
        expression=Coalesce("submitted_at", Value(NOBODY_SENT)),
        output_field=models.DateTimeField(),
        db_persist=True,
        verbose_name="urutan pengiriman",
    )

    class Meta:
        abstract = True


RENAKSI, RECOMMENDATION, EVALUATION = (
    f"recommendations_{name}" for name in ("renaksi", "recommendation", "evaluation")
)
COLUMNS = "evaluation_id, body_id, performance_year, recommendation_number, component_id"
PLACE = f"""
    SELECT recommendation.evaluation_id, evaluation.unit_id, evaluation.performance_year,
           recommendation.number, recommendation.component_id
    FROM {RECOMMENDATION} recommendation
    JOIN {EVALUATION} evaluation ON evaluation.id = recommendation.evaluation_id
    WHERE recommendation.id = """  # noqa: S608  only names of our own tables
# By the name of a trigger: its table, the columns whose change it follows, and what it runs.
MOVED = {
    f"{RECOMMENDATION}_moves_renaksi": (
        RECOMMENDATION,
        ("evaluation_id", "number", "component_id"),
        f"UPDATE {RENAKSI} SET ({COLUMNS}) = ({PLACE} NEW.id) WHERE recommendation_id = NEW.id;",  # noqa: S608  only names of our own tables
    ),
    f"{EVALUATION}_moves_renaksi": (
        EVALUATION,
        ("unit_id", "performance_year"),
        f"UPDATE {RENAKSI} SET body_id = NEW.unit_id, performance_year = NEW.performance_year "  # noqa: S608  only names of our own tables
        "WHERE evaluation_id = NEW.id;",
    ),
}
ADDED, CHANGED = f"{RENAKSI}_is_placed", f"{RENAKSI}_stays_placed"


def fill(connection=default_connection):
    """Writes the place of every renaksi."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {RENAKSI} SET ({COLUMNS}) = ({PLACE} {RENAKSI}.recommendation_id)")  # noqa: S608  only names of our own tables


def put_up(connection=default_connection):
    """Makes the triggers, also when some are there. Without the columns it does nothing."""
    take_down(connection)
    if not is_needed(connection):
        return
    with connection.cursor() as cursor:
        statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
        for statement in statements:
            cursor.execute(statement)


def take_down(connection=default_connection):
    drop(connection, _names())


def is_needed(connection=default_connection) -> bool:
    """Says whether the columns are there."""
    with connection.cursor() as cursor:
        if RENAKSI not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, RENAKSI)
    return "body_id" in {column.name for column in columns}


def missing(connection=default_connection) -> list[str]:
    """The names of the triggers that should stand and do not; none without the columns."""
    if not is_needed(connection):
        return []
    return not_standing(connection, [name for name, _ in _names()], modes="OAR")


def _names():
    yield from ((ADDED, RENAKSI), (CHANGED, RENAKSI))
    yield from ((name, table) for name, (table, *_) in MOVED.items())


def _sqlite():
    place = f"UPDATE {RENAKSI} SET ({COLUMNS}) = ({PLACE} NEW.recommendation_id) WHERE id = NEW.id;"  # noqa: S608  only names of our own tables
    yield f"CREATE TRIGGER {ADDED} AFTER INSERT ON {RENAKSI} BEGIN {place} END"
    yield (
        f"CREATE TRIGGER {CHANGED} AFTER UPDATE OF recommendation_id, {COLUMNS} ON {RENAKSI} "
        f"BEGIN {place} END"
    )
    for name, (table, columns, act) in MOVED.items():
        moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        yield (
            f"CREATE TRIGGER {name} AFTER UPDATE OF {', '.join(columns)} ON {table} "
            f"WHEN {moved} BEGIN {act} END"
        )


def _postgresql():
    into = ", ".join(f"NEW.{column}" for column in COLUMNS.split(", "))
    yield f"""
        CREATE OR REPLACE FUNCTION {ADDED}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN SELECT place.* INTO {into} FROM ({PLACE} NEW.recommendation_id) place; RETURN NEW; END $$
    """  # noqa: S608  only names of our own tables
    yield (
        f"CREATE TRIGGER {ADDED} BEFORE INSERT ON {RENAKSI} FOR EACH ROW EXECUTE FUNCTION {ADDED}()"
    )
    yield (
        f"CREATE TRIGGER {CHANGED} BEFORE UPDATE OF recommendation_id, {COLUMNS} ON {RENAKSI} "
        f"FOR EACH ROW EXECUTE FUNCTION {ADDED}()"
    )
    for name, (table, columns, act) in MOVED.items():
        moved = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {act} RETURN NULL; END $$
        """
        yield (
            f"CREATE TRIGGER {name} AFTER UPDATE OF {', '.join(columns)} ON {table} FOR EACH ROW "
            f"WHEN ({moved}) EXECUTE FUNCTION {name}()"
        )
