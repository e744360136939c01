"""Saves what an operator writes in one go: the follow-up, its evidence, and the end of the draft."""

from uuid import uuid4

from django.db import transaction

from recommendations.models import Renaksi
from recommendations.services.drafts import discard_draft
from recommendations.services.evidence import add_evidence
from recommendations.services.renaksi import write_follow_up


@transaction.atomic
def save_work(*, renaksi, actor, at, evidence=(), **follow_up) -> Renaksi:
    """All or nothing. `follow_up` goes to `write_follow_up`, each of `evidence` to `add_evidence`.

    A ValidationError is about the evidence. The history shows one action.
    """
    common = {"actor": actor, "at": at, "batch": uuid4()}
    renaksi = write_follow_up(renaksi=renaksi, **common, **follow_up)
    for piece in evidence:
        add_evidence(renaksi=renaksi, **common, **piece)
    discard_draft(renaksi=renaksi, actor=actor)
    return renaksi
