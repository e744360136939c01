"""Saves what an operator writes in one go: the follow-up, a piece of evidence, and the end of the draft."""

from django.db import transaction

from recommendations.models import Renaksi
from recommendations.services.drafts import discard_draft
from recommendations.services.evidence import add_evidence
from recommendations.services.renaksi import write_follow_up


@transaction.atomic
def save_work(*, renaksi, actor, at, evidence=None, **follow_up) -> Renaksi:
    """Both or neither. `follow_up` goes to `write_follow_up`; `evidence` to `add_evidence`, None when
    none is added. A ValidationError is about the evidence."""
    renaksi = write_follow_up(renaksi=renaksi, actor=actor, at=at, **follow_up)
    if evidence:
        add_evidence(renaksi=renaksi, actor=actor, at=at, **evidence)
    discard_draft(renaksi=renaksi, actor=actor)
    return renaksi
