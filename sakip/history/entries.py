"""The append-only record of who changed what, when, from what to what, and why."""

import uuid
from functools import cached_property

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from sakip.history.words import ACTIONS, REASON, row_in_words
from sakip.roles import Role
from sakip.text_fields import LineField


class HistoryQuerySet(models.QuerySet):
    def about(self, record):
        """Entries about one record, newest first."""
        return self.on(type(record), record.pk).with_actor()

    def with_actor(self):
        """Loads what a sentence says about the actor, with `has_several_posts`."""
        posts = self.model._meta.get_field("actor").related_model._meta.get_field("other_posts")
        held = posts.related_model._base_manager.filter(person=OuterRef("actor"))
        return self.select_related("actor").annotate(has_several_posts=Exists(held))

    def on(self, model, pk):
        """Entries about the record of `model` with the key `pk`, which may be an OuterRef."""
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id=pk)

    def concerning(self, *bodies):
        """Entries that belong to these bodies or to no body. Each of `bodies` is a list of keys or a subquery."""
        condition = Q(body=None)
        for keys in bodies:
            condition |= Q(body__in=keys)
        return self.filter(condition)

    def versions(self) -> list[tuple[int | None, int, int]]:
        """(body, number of entries, highest key) for each body, and for entries without one. One query.

        The highest key alone is not enough to notice a new entry: a transaction can commit an entry
        after another one with a higher key. The number of entries changes in this case too.
        """
        rows = self.order_by("body").values("body")
        return list(
            rows.annotate(Count("pk"), Max("pk")).values_list("body", "pk__count", "pk__max")
        )

    def update(self, **kwargs):
        raise TypeError("Riwayat tidak dapat diubah.")

    def delete(self):
        raise TypeError("Riwayat tidak dapat dihapus.")


class HistoryEntry(models.Model):
    """One action on one record (riwayat). Only `record()` writes it; it is never edited or deleted.

    Triggers refuse both (`guard.py`); `stamp` and a chain tell when it happened nevertheless (`chain.py`).
    `body` is the evaluated body to which the record belongs. It is None for records that belong to no
    body or to several: people, units, rubrics, letterheads. A stored document stays valid until an
    entry is added for one of its bodies, or an entry without a body.
    """

    at = models.DateTimeField("waktu", default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="pelaku",
    )
    # The post in which the actor did it: the code of the role, and the name of the unit on that day.
    # With a default of the database, so that the program of before can still write while it is replaced.
    actor_role = LineField(
        "peran pelaku", max_length=12, blank=True, default="", db_default="", editable=False
    )
    actor_unit = LineField(
        "unit pelaku", max_length=200, blank=True, default="", db_default="", editable=False
    )
    action = LineField("tindakan", max_length=50)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    # A unit that is deleted because it was made by mistake leaves its key here: nothing changes an entry.
    body = models.ForeignKey(
        "sakip.Unit",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name="perangkat daerah",
    )
    label = LineField("objek", max_length=200)
    changes = models.JSONField("perubahan", default=list, blank=True)
    note = models.TextField("catatan", blank=True)
    batch = models.UUIDField("satu tindakan", default=uuid.uuid4)
    stamp = LineField("cap", max_length=64, default="", db_default="", editable=False)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = "riwayat"
        verbose_name_plural = "riwayat"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-at"], name="history_target"),
            models.Index(fields=["body", "id"], name="history_body"),
            # The history page of a person who reaches some bodies: each body, the newest first.
            models.Index(fields=["body", "-at", "-id"], name="history_body_newest"),
            # What a person did, and which records an evaluator wrote in (`authorship.without_own_work`).
            models.Index(fields=["actor", "action", "object_id"], name="history_actor"),
            # The same page when nothing is filtered: from act to act, of all bodies and of one.
            models.Index(fields=["at", "batch"], name="history_acts"),
            models.Index(fields=["body", "at", "batch"], name="history_body_acts"),
            # … of one person: the filter “Orang” (`newest.acts_by`).
            models.Index(fields=["actor", "at", "batch"], name="history_actor_acts"),
            # All entries of an act, and its newest ones.
            models.Index(fields=["batch", "id"], name="history_act_newest"),
            # When somebody last reminded a body of what is late (`recommendations/selectors/late_bodies.py`).
            models.Index(
                fields=["body", "-at", "-id"],
                condition=Q(action="remind"),
                name="history_reminders",
            ),
        ]

    def __str__(self):
        return f"{self.action}: {self.label}"

    @property
    def who(self) -> str:
        """The actor by name, with the post in which they acted when they have or had another one.

        No query after `with_actor()`.
        """
        name = str(self.actor or "Sistem")
        if self.actor is None or not self.actor_role:
            return name
        if not getattr(self, "has_several_posts", False) and self.actor_role == self.actor.role:
            return name
        role = dict(Role.choices).get(self.actor_role, self.actor_role)
        return f"{name}, sebagai {role} {self.actor_unit},"

    @property
    def action_label(self) -> str:
        return ACTIONS[self.action].label if self.action in ACTIONS else self.action

    @cached_property
    def in_words(self) -> list[list[str]]:
        """The rows of `changes` as label, old and new value. No query when the content type is cached."""
        model = ContentType.objects.get_for_id(self.content_type_id).model_class()
        return [list(row_in_words(model, row)) for row in self.changes]

    @property
    def reason(self) -> str:
        """The coded reason of a decision, empty when there is none."""
        rows = zip(self.changes, self.in_words, strict=True)
        return next((after for (code, *_), (*_, after) in rows if code == REASON), "")

    def delete(self, *args, **kwargs):
        raise TypeError("Riwayat tidak dapat dihapus.")
