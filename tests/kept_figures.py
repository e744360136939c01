"""What the kept figures must be: the same as a count of every renaksi, for everybody."""

import random
from collections import Counter

from recommendations.figures import counting, keeping
from recommendations.models import Evaluation, Recommendation, Renaksi
from recommendations.rules.figures import FollowUpFigures, summed
from recommendations.selectors.figures import KeptFigures
from sakip.consistency.marks import mark_everything
from sakip.history import version
from sakip.models import User
from sakip.policy import SYSTEM

KEYS = ("evaluation", "component")


def keep(today):
    """Renews all figures, for tests that make records without history and then count queries."""
    mark_everything()
    keeping.renew(today)
    version.current()


def require_exact(today, said=""):
    """A person reads what a count of the renaksi that this person may see would find. Asks four of them."""
    evaluations = list(Evaluation.objects.all())
    people = [*User.objects.filter(is_active=True).select_related("unit").order_by("pk"), SYSTEM]
    for user in random.Random(said).sample(people, 4):
        seen = Renaksi.objects.visible_to(user)
        counted, kept = counting.count(seen, today), KeptFigures(user, today=today)
        for by_unit in (True, False):
            rows = kept.counted(evaluations, by_unit=by_unit)
            for key in (*KEYS, "lead_unit") if by_unit else KEYS:
                assert filled(summed(rows, key)) == summed(counted, key), (said, user, key)
        assert kept.overdue() == seen.overdue(today).count(), (said, user)
    repeated = Recommendation.objects.exclude(previous=None).values_list("evaluation", flat=True)
    assert KeptFigures(SYSTEM, today=today).repeated(evaluations) == Counter(repeated), said
    assert list(keeping.differences(today)) == [], said


def filled(sums):
    return {key: figures for key, figures in sums.items() if figures != FollowUpFigures()}
