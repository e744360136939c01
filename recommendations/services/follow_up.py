"""Saves the follow-up and its new evidence in one transaction and deletes the draft."""

from uuid import uuid4

from django.db import transaction

from recommendations.models import Renaksi
from recommendations.services.drafts import discard_draft
from recommendations.services.evidence import add_evidence
from recommendations.services.renaksi import write_within


@transaction.atomic
def save_work(*, renaksi, actor, at, evidence=(), **follow_up) -> Renaksi:
    """`follow_up` are arguments of `write_follow_up`, each of `evidence` those of `add_evidence`.

    A ValidationError always concerns the evidence. All history entries share one batch.
    """
    common = {"actor": actor, "at": at, "batch": uuid4()}
    renaksi = write_within(renaksi=renaksi, **common, **follow_up)
    for piece in evidence:
        add_evidence(renaksi=renaksi, **common, **piece)
    discard_draft(renaksi=renaksi, actor=actor)
    return renaksi
