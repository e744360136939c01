"""Functions that several views of this app use."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from recommendations.forms.renaksi import seen_now
from recommendations.models import Renaksi
from recommendations.selectors import one_renaksi
from sakip.editing import again
from sakip.history.entries import HistoryEntry
from sakip.history.sentences import tell


def find_renaksi(request, pk) -> Renaksi:
    """A renaksi the person may see, with what the policy reads; 404 otherwise."""
    return get_object_or_404(Renaksi.objects.visible_to(request.user).for_check(), pk=pk)


def seen_renaksi(request, pk) -> Renaksi:
    """The same with everything that its own pages show."""
    if (renaksi := one_renaksi.seen(request.user, pk)) is None:
        raise Http404
    return renaksi


def told(renaksi, **newer):
    """What happened to it, as pairs of when and a sentence, newest first; `newer` is a lookup of entries."""
    entries = HistoryEntry.objects.about(renaksi).filter(**newer)
    return [(entry.at, tell(entry)) for entry in entries]


def unseen(request, renaksi, since):
    """For a decision on what has changed since the page was opened: the data with which its form is shown
    once more, and what happened in between."""
    changed = [] if since is None else told(renaksi, pk__gt=since)
    return again(request, **seen_now(renaksi)), changed
