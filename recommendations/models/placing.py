"""What a renaksi repeats from its recommendation and its LHE, what its parts repeat, and the triggers that keep it so.

Lists filter and sort by the place of a renaksi. With its columns in one table an index answers them, as no
index can across a join. Nobody writes these columns: triggers of the database fill them, whatever way a row
comes or its recommendation or LHE changes. Objects in memory read `recommendation.evaluation` as ever: the
triggers fill rows, not objects. SQLite drops the triggers of a table that a migration rebuilds, and cannot
rebuild one that a trigger elsewhere names, so `migrate` takes them down before and puts them up after.
"""

from collections.abc import Collection
from dataclasses import dataclass
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


class RepeatedBody(models.Model):
    """What belongs to a `renaksi` and is listed for the people of a body: it repeats the body."""

    body = _repeated(Unit, "perangkat daerah")

    class Meta:
        abstract = True


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
# The tables with a `body_id` of their own, and the renaksi whose change they follow.
PARTS = f"{RENAKSI}_supporting_units", "recommendations_extensionrequest"
PARTS_MOVE = f"{RENAKSI}_moves_parts"


@dataclass(frozen=True)
class RepeatingTable:
    """A table that repeats `columns`, which `place` selects for the key that stands in `parent`."""

    table: str
    columns: str
    place: str
    parent: str

    @property
    def added(self) -> str:
        return f"{self.table}_is_placed"

    @property
    def changed(self) -> str:
        return f"{self.table}_stays_placed"


BODY = f"SELECT renaksi.body_id FROM {RENAKSI} renaksi WHERE renaksi.id = "  # noqa: S608  only names of our own tables
PLACED = (
    RepeatingTable(RENAKSI, COLUMNS, PLACE, "recommendation_id"),
    *(RepeatingTable(part, "body_id", BODY, "renaksi_id") for part in PARTS),
)


def fill(connection=default_connection, tables: Collection[str] = (RENAKSI, *PARTS)):
    """Writes the place of every row of `tables`; renaksi before their parts."""
    asked = [one for one in _standing(connection) if one.table in tables]
    with connection.cursor() as cursor:
        for one in asked:
            cursor.execute(
                f"UPDATE {one.table} SET ({one.columns}) = ({one.place} {one.table}.{one.parent})"  # noqa: S608  only names of our own tables
            )


def put_up(connection=default_connection):
    """Makes the triggers, also when some are there. Of tables that have no such columns yet it makes none."""
    take_down(connection)
    statements = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for statement in statements(_standing(connection)):
            cursor.execute(statement)


def take_down(connection=default_connection):
    drop(connection, _names(PLACED))


def missing(connection=default_connection) -> list[str]:
    """The names of the triggers that should stand and do not; none of tables without the columns."""
    names = [name for name, _ in _names(_standing(connection))]
    return not_standing(connection, names, modes="OAR")


def _standing(connection) -> list[RepeatingTable]:
    """Those of PLACED whose columns are there: migrations add them one after the other."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        describe = connection.introspection.get_table_description
        return [
            one
            for one in PLACED
            if one.table in tables
            and "body_id" in {column.name for column in describe(cursor, one.table)}
        ]


def _names(placed):
    for one in placed:
        yield from ((one.added, one.table), (one.changed, one.table))
    yield from ((name, table) for name, (table, *_) in _moved(placed).items())


def _moved(placed):
    """MOVED for the tables that are there."""
    parts = [one.table for one in placed if one.table in PARTS]
    acts = " ".join(
        f"UPDATE {part} SET body_id = NEW.body_id WHERE renaksi_id = NEW.id;"  # noqa: S608  only names of our own tables
        for part in parts
    )
    moved = MOVED if placed else {}
    return moved | ({PARTS_MOVE: (RENAKSI, ("body_id",), acts)} if parts else {})


def _sqlite(placed):
    for one in placed:
        place = f"UPDATE {one.table} SET ({one.columns}) = ({one.place} NEW.{one.parent}) WHERE id = NEW.id;"  # noqa: S608  only names of our own tables
        yield f"CREATE TRIGGER {one.added} AFTER INSERT ON {one.table} BEGIN {place} END"
        yield (
            f"CREATE TRIGGER {one.changed} AFTER UPDATE OF {one.parent}, {one.columns} ON {one.table} "
            f"BEGIN {place} END"
        )
    for name, (table, columns, act) in _moved(placed).items():
        moved = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
        yield (
            f"CREATE TRIGGER {name} AFTER UPDATE OF {', '.join(columns)} ON {table} "
            f"WHEN {moved} BEGIN {act} END"
        )


def _postgresql(placed):
    for one in placed:
        into = ", ".join(f"NEW.{column}" for column in one.columns.split(", "))
        yield f"""
            CREATE OR REPLACE FUNCTION {one.added}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN SELECT place.* INTO {into} FROM ({one.place} NEW.{one.parent}) place; RETURN NEW; END $$
        """  # noqa: S608  only names of our own tables
        act = f"FOR EACH ROW EXECUTE FUNCTION {one.added}()"
        yield f"CREATE TRIGGER {one.added} BEFORE INSERT ON {one.table} {act}"
        columns = f"{one.parent}, {one.columns}"
        yield f"CREATE TRIGGER {one.changed} BEFORE UPDATE OF {columns} ON {one.table} {act}"
    for name, (table, columns, act) in _moved(placed).items():
        moved = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
        yield f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN {act} RETURN NULL; END $$
        """
        # Of any column: another trigger may have changed these.
        yield (
            f"CREATE TRIGGER {name} AFTER UPDATE ON {table} FOR EACH ROW "
            f"WHEN ({moved}) EXECUTE FUNCTION {name}()"
        )
