"""The pictures of a Word file: shown, and put in their places once its table was imported."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sakip.errors import require
from workbooks.models import ImportRun
from workbooks.permissions import workbook_policy
from workbooks.word import pictures
from workbooks.word import services as word
from workbooks.word.pictures_form import PicturesForm

THUMBNAIL = 480  # pixels


@require_http_methods(["GET", "HEAD", "POST"])
def word_pictures(request, pk):
    run, found = _found(request, pk)
    sent = (request.POST,) if request.method == "POST" else ()
    form = PicturesForm(*sent, found=found, evaluation=run.draft.evaluation, user=request.user)
    if form.is_valid() and _placed(request, run, form):
        return redirect(run)
    context = {"run": run, "form": form, "evaluation": run.draft.evaluation}
    return render(request, "workbooks/word_pictures.html", context)


def _placed(request, run, form) -> bool:
    placements = form.placements
    try:
        pictures.place(run=run, placements=placements, actor=request.user, at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, f"{len(placements)} gambar atau keterangan gambar disimpan.")
    return True


@require_safe
def word_picture(request, pk, number):
    """The picture as it would be stored, smaller."""
    run, found = _found(request, pk)
    if number >= len(found) or not found[number].part:
        raise Http404("Gambar ini tidak ada.")
    try:
        picture = pictures.checked(run, found[number], THUMBNAIL)
    except ValidationError as error:
        raise Http404(" ".join(error.messages)) from error
    return HttpResponse(picture.file.read(), content_type=picture.content_type)


def _found(request, pk):
    require(workbook_policy.check(request.user, "import"))
    runs = ImportRun.objects.visible_to(request.user).select_related("draft__evaluation__unit")
    run = get_object_or_404(runs, pk=pk)
    if not hasattr(run, "draft"):
        raise Http404("Impor ini bukan dari Word.")
    return run, pictures.pictures_of(word.draft_of(run).extras)
