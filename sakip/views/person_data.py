"""What is held on the person who is signed in."""

import structlog
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sakip.models import User
from sakip.selectors.person_data import counts_on, held_on, profile_of

logger = structlog.get_logger(__name__)


@require_safe
def person_data(request):
    context = {"profile": profile_of(request.user), "counts": counts_on(request.user)}
    return render(request, "sakip/person_data.html", context)


@require_safe
def person_data_file(request):
    held = held_on(User.objects.get(pk=request.user.pk))
    logger.info("person_data_exported", person=request.user.pk)
    response = JsonResponse(held, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response
