"""The roles a person can have (docs/design.md §2.1)."""

from django.db.models import TextChoices


class Role(TextChoices):
    OPERATOR = "operator", "Operator"
    EVALUATOR = "evaluator", "Evaluator"
    COORDINATOR = "coordinator", "Koordinator"
    LEADER = "leader", "Pimpinan"
