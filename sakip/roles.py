"""The roles a person can have (docs/design.md §2.1)."""

from django.db.models import TextChoices


class Role(TextChoices):
    OPERATOR = "operator", "Operator Biro"
    EVALUATOR = "evaluator", "Evaluator Inspektorat"
    COORDINATOR = "coordinator", "Koordinator"
    LEADER = "leader", "Pimpinan"
