"""A large file is sent in parts: js/uploads.js begins here, and sends each part to the address it is told.

Programs of ours read the answers, so they are JSON; `reason` is a sentence for the person.
"""

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sakip.converters import key_of
from sakip.forms.partial_uploads import PromiseForm
from sakip.models import PartialUpload
from sakip.services import partial_uploads as services
from sakip.services.tries import Full

FULL = "Terlalu banyak unggahan dalam waktu singkat. Tunggu beberapa menit."
UNREADABLE = (
    "Potongan berkas ini tidak dapat dibaca. Muat ulang halaman, lalu pilih berkasnya lagi."
)
START = "mulai"  # the parameter: from which byte on


@require_POST
def upload_begin(request):
    """Tells how much of the file has been received before."""
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return _refused(UNREADABLE, 400)
    try:
        services.count_begun(actor=request.user)
        upload = services.begin(actor=request.user, at=timezone.now(), **form.cleaned_data)
    except Full:
        return _refused(FULL, 429)
    except ValidationError as error:
        return _refused(error.message, 409 if error.code == "quota" else 400)
    told = {
        "key": upload.key,
        "part": services.PART,
        "address": reverse("upload-part", args=[upload.key]),
    }
    return JsonResponse({**told, "received": upload.received})


@require_POST
def upload_part(request, key):
    """Answers how much has been received; 409 with the same when another part is to come."""
    upload = get_object_or_404(PartialUpload.objects.visible_to(request.user), key=key)
    start = _place(request.GET.get(START, ""))
    if start is None:
        return _refused(UNREADABLE, 400)
    if int(request.META.get("CONTENT_LENGTH") or 0) > services.PART:  # nothing of it is read
        return _refused("Potongan berkas ini terlalu besar.", 413)
    try:
        upload = services.append(
            upload=upload, at=timezone.now(), start=start, content=request.body
        )
    except services.WrongPlace as place:
        return JsonResponse({"received": place.received}, status=409)
    except ValidationError as error:
        return _refused(error.message, 400)
    return JsonResponse({"received": upload.received})


def _place(text):
    return 0 if text == "0" else key_of(text)


def _refused(reason, status):
    return JsonResponse({"reason": reason}, status=status)
