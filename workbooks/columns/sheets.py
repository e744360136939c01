"""A sheet of a workbook as data: its columns, its rows, and what may be written.

Built on django-import-export's resources: a Sheet is a Resource whose fields are Columns. What
is ours is how whole sheets are compared and written (`analysis.py`, `applying.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from import_export import resources
from import_export.fields import Field

from sakip.history.write import body_of
from workbooks.columns import cells

NEVER_WRITTEN = "Kolom ini tidak pernah berubah lewat impor; isinya dilewati."


class SheetColumn(Field):
    """One column. `key` columns tell which record a row is; `locked` ones are shown, never written.
    `aside` columns are about the row: read for its rules, neither compared nor written.

    `part` is the related record that has the attribute; None means the sheet's own record. `read` is
    the list in which `Sheet.readable` stores related records. `note` explains the column in the template.
    """

    def __init__(
        self,
        label,
        attribute,
        widget=None,
        *,
        key=False,
        required=False,
        locked=False,
        aside=False,
        aliases=(),
        width=16,
        note="",
        part=None,
        read="",
    ):
        super().__init__(
            attribute=attribute,
            column_name=label,
            widget=widget or cells.TextWidget(),
            readonly=locked,
        )
        self.key, self.required, self.locked = key, required or key, locked
        self.aside = aside
        self.label, self.path, self.read = label, attribute.split("__"), read
        self.aliases, self.width, self.note, self.part = tuple(aliases), width, note, part
        self.is_plain = (
            part is None
            and len(self.path) == 1
            and not isinstance(self.widget, cells.ReferencesWidget)
        )

    @classmethod
    def of(cls, column, widget=None, **options):
        """A column that is declared elsewhere with its `attribute`, `label`, `width` and `aliases`."""
        names = {"width": column.width, "aliases": column.aliases}
        return cls(column.label, column.attribute, widget, **names, **options)

    @property
    def hint(self) -> str:
        """How to fill it in, for the template."""
        if self.locked:
            return self.note or "Hanya dibaca; tidak ikut ditulis."
        return self.note or self.widget.hint

    def refers_to(self, shelf) -> bool:
        return bool(shelf) and getattr(self.widget, "directory", None) == shelf

    def fields(self, value) -> dict[str, object]:
        """Returns the values to write: attribute of the holder → value."""
        return {self.attribute: self.widget.stored(value)}

    def holder(self, instance):
        """The record that holds the value, None when a part is not there yet."""
        return self.part.of(instance) if self.part else instance

    def now(self, instance):
        """The stored value as this column compares it."""
        if self.is_plain and instance is not None:  # most columns of most rows
            return self.widget.value(getattr(instance, self.attribute, None))
        holder = self.holder(instance) if instance is not None else None
        if isinstance(self.widget, cells.ReferencesWidget):
            return () if holder is None or holder.pk is None else self._related(holder)
        found = holder
        for name in self.path:
            found = getattr(found, name, None)
        return self.widget.value(found)

    def holds(self, instance, value) -> bool:
        """Whether the stored record has the value although `now` does not show it."""
        return False

    def _related(self, holder):
        found = getattr(holder, self.read, None) if self.read else None
        return tuple(getattr(holder, self.attribute).all() if found is None else found)


@dataclass(frozen=True)
class RelatedPart:
    """A related record that stands in the columns of its owner: the realisation of one year.

    `relation` is the prefetched reverse accessor, `owner` the foreign key back, `match` what tells
    this part from its siblings (attribute → value).
    """

    relation: str
    owner: str
    match: tuple[tuple[str, object], ...]

    def of(self, instance):
        if instance.pk is None:
            return None
        for row in getattr(instance, self.relation).all():
            if all(getattr(row, name) == value for name, value in self.match):
                return row
        return None

    def make(self, instance):
        model = getattr(type(instance), self.relation).rel.related_model
        part = model(**{self.owner: instance}, **dict(self.match))
        if hasattr(part, "version"):
            part.version = 1  # 0 is what a form remembers of a record that was not there
        return part


@dataclass
class Filled:
    """A row as it would be after the import: values of the sheet, else the stored values.

    `instance` is the stored record or a new one; `changed` are the labels of the columns that change.
    """

    instance: object
    found: dict[str, object]
    columns: dict[str, SheetColumn]
    changed: set[str]

    @property
    def is_new(self) -> bool:
        return self.instance.pk is None

    def __getitem__(self, label):
        if label in self.found:
            return self.found[label]
        if self.is_new or label not in self.columns:
            return None
        return self.columns[label].now(self.instance)


class Sheet(resources.Resource):
    """`title` is the name of the sheet; `about` the sentence over it in the template; `parts` are the
    accessors of related records that stand in columns of their owner.

    Subclasses say which rows a person may read (`readable`), which of them a workbook may touch
    (`refusal`), and the rules that span columns (`problems`).
    """

    model = None
    title = ""
    about = ""
    shelf = ""  # the directory's shelf on which later sheets find these records
    parts = ()
    # Of workflow.perform_many, for the rows with `worked_on`; another than “edit” stands in a document.
    transition = "edit"
    is_recalled = False  # Says that `recall` works: a confirmed plan need not be judged again.
    identified_by = ()  # labels of the columns that `identity` needs
    example = {}  # label → text of the template's row that shows how; import skips it

    def columns(self) -> list[SheetColumn]:
        return [self.fields[name] for name in self.get_export_order()]

    def more_columns(self, labels: Iterable[str], directory) -> list[SheetColumn]:
        """Columns that depend on the workbook or the records: one for each year or component."""
        return []

    def likely_columns(self, label: str, directory) -> list[SheetColumn]:
        """Columns beyond `columns()` that an unknown heading may mean."""
        return self.more_columns((label,), directory)

    def part_columns(self, parts, directory) -> list[SheetColumn]:
        """The columns in which these records of `parts` stand."""
        return self.more_columns((), directory)

    def export_columns(self, user, directory) -> list[SheetColumn]:
        """The columns of a workbook that the program writes."""
        return self.columns() + self.more_columns((), directory)

    def readable(self, user):
        """The rows that `user` may read, in the order of the sheet, with all that columns read."""
        raise NotImplementedError

    def loaded(self, rows, directory) -> Iterable:
        """The records of a batch of `readable` rows, for an export. To be overridden where the batches
        would load the same parents again and again."""
        return rows

    def matching(self, rows: list[dict], user):
        """The stored rows that these rows may be about; narrowed where all would be many."""
        return self.readable(user)

    def recall(self, pks: list[int], parents: list, user) -> dict[int, object]:
        """Instead of `matching`, for rows that were judged before: the stored records of these keys. Holds
        the `parents`, beneath which new rows come, and begins what `prepare` and `written` count."""
        raise NotImplementedError

    def body_of(self, instance) -> int | None:
        """The key of the body whose history tells of the row; None when it has none, or a new one."""
        return body_of(self.subject(instance))

    def identity(self, values: dict):
        """What names a record before its key does, such as a code; None for nothing.

        `values` has at least the columns `identified_by`, by label, where they are there.
        """
        return

    def begin(self, values: dict, user):
        """A new record for a row with these values (by attribute); not saved."""
        return self.model()

    def refusal(self, row: "Filled", user) -> str:
        """Why this record may not be written so; empty when it may."""
        return ""

    def closed(self, row: "Filled"):
        """Yields pairs of label and sentence for columns that may not be changed now to any value."""
        return ()

    def problems(self, row: "Filled", user):
        """Rules over several columns: yields pairs of a column's label and a sentence."""
        return ()

    def warnings(self, row: "Filled"):
        """Yields pairs of label and sentence for values that are allowed but unusual."""
        return ()

    def unique_columns(self) -> list[tuple[str, ...]]:
        """Returns the labels of columns, other than the key, whose values must be unique."""
        return []

    def judged_by(self, row) -> Iterable[object]:
        """Other records that `problems` has read and that must not change before the row is written."""
        return ()

    def accepted(self, instance):
        """Is called for each row that will be written, before the next row is judged."""

    def subject(self, instance):
        """Returns the record whose history gets the entry for this row."""
        return instance

    def action(self, row) -> str:
        """The history's code for what happened to `subject`; `row` is plan.RowPlan.

        The unit's work on a renaksi takes one of workflow.AUTHORING: whoever imports it has written it.
        """
        return "import_new" if row.is_new else "import_change"

    def worked_on(self, row):
        """The renaksi whose follow-up, steps or evidence this row writes, None when it writes none.

        Its status and version are then the workflow's to write, and so is its history entry.
        """
        return

    def prepare(self, row) -> set[str]:
        """Sets what follows from the row on its record before it is saved; returns the attributes set."""
        return set()

    def consequences(self, row) -> list[tuple[str, str, str]]:
        """What `prepare` changed beyond the columns, as rows for the history."""
        return []

    def follow_through(self, rows, actor, at) -> list[tuple[object, dict | None]]:
        """Writes changes to other records; returns pairs of the record and its values before, None when new."""
        return []

    def written(self, rows, actor, at):
        """After the rows were saved: numbers given, notices. `rows` are plan.RowPlan."""

    def found_as(self, records) -> Iterable[int]:
        """The keys of the renaksi that a search finds by the words of these records."""
        return ()

    def reworded(self, records) -> Iterable[int]:
        """The keys of the recommendations whose own words these records are."""
        return ()


@dataclass(frozen=True)
class WorkbookKind:
    """What a workbook is about: its sheets in the order in which they are written."""

    name: str
    title: str
    sheets: tuple[type[Sheet], ...]
    about: str = ""
