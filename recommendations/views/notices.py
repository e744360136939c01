"""The inbox, and what of it goes out by e-mail."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.forms.notices import ChoicesForm, ReadAllForm
from recommendations.models import Notice, NoticeChoices
from recommendations.selectors.renaksi_names import names_within
from recommendations.services import notices as services
from sakip.editing import posted


@require_safe
def notice_list(request):
    own = Notice.objects.filter(person=request.user)
    unread_first = own.annotate(is_read=Q(read_at__isnull=False)).order_by(
        "is_read", "-created_at", "-pk"
    )
    page = Paginator(unread_first, settings.PAGE_LENGTH).get_page(request.GET.get("page"))
    notices = list(page.object_list)
    about = {notice.renaksi_id for notice in notices if notice.renaksi_id}
    names = names_within(request.user.seats, about, request.user)
    context = {
        "page": page,
        "rows": [(row, names.get(row.renaksi_id, "")) for row in notices],
        "until": max((row.pk for row in notices), default=0),
        "unread": own.filter(read_at=None).exists(),
    }
    return render(request, "recommendations/notice_list.html", context)


@require_POST
def notice_read(request, pk):
    """Marks one notice read; the button “buka” goes on to its renaksi."""
    notice = get_object_or_404(Notice.objects.filter(person=request.user), pk=pk)
    services.mark_read(actor=request.user, at=timezone.now(), notices=[notice.pk])
    if "buka" in request.POST and (address := services.address_of(notice)):
        return redirect(address)
    return redirect("recommendations:notice-list")


@require_POST
def notice_read_all(request):
    form = ReadAllForm(request.POST)
    if form.is_valid():
        until = form.cleaned_data["until"]
        services.mark_all_read(actor=request.user, at=timezone.now(), until=until)
    return redirect("recommendations:notice-list")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_choices(request):
    choices = NoticeChoices.objects.filter(person=request.user).first()
    unwanted = choices.unwanted if choices else ()
    roles = [seat.role for seat in request.user.seats]
    initial = {"weekly": bool(choices and choices.wants_weekly)}
    form = ChoicesForm(*posted(request), roles=roles, unwanted=unwanted, initial=initial)
    if form.is_valid():
        services.choose(
            actor=request.user,
            unwanted=form.new_unwanted(),
            weekly=form.cleaned_data["weekly"],
        )
        messages.success(request, "Pilihan disimpan.")
        return redirect("recommendations:notice-choices")
    context = {"form": form, "calendar": choices and _calendar_address(request, choices)}
    return render(request, "recommendations/notice_choices.html", context)


def _calendar_address(request, choices):
    return request.build_absolute_uri(
        reverse("recommendations:calendar", args=[choices.calendar_key])
    )


@require_POST
def calendar_renew(request):
    services.renew_calendar_key(actor=request.user)
    messages.success(request, "Tautan kalender yang baru sudah dibuat.")
    return redirect("recommendations:notice-choices")
