"""What several views of this app do alike."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils import timezone

from recommendations.models import Renaksi


def find_renaksi(request, pk) -> Renaksi:
    """A renaksi the person may see, with what the policy reads; 404 otherwise."""
    return get_object_or_404(Renaksi.objects.visible_to(request.user).for_check(), pk=pk)


def posted(request) -> tuple:
    """What a form is bound to: data and files of a POST, nothing otherwise."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def attempt(request, form, service, **arguments):
    """What the service returns for the form's content, or None with its reasons added to the form."""
    try:
        return service(actor=request.user, at=timezone.now(), **arguments, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return None


def add_errors(form, error):
    """Puts a service's ValidationError on the fields it names, the rest on the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
