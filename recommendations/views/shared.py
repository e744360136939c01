"""What several views of this app do alike."""

from django.shortcuts import get_object_or_404

from recommendations.models import Renaksi


def find_renaksi(request, pk) -> Renaksi:
    """A renaksi the person may see, with what the policy reads; 404 otherwise."""
    return get_object_or_404(Renaksi.objects.visible_to(request.user).for_check(), pk=pk)
