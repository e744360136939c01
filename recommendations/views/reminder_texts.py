"""Texts for chat groups: who owes what until when."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.forms.reminder_texts import ReminderUnitForm
from recommendations.selectors.reminder_texts import reminder_texts


@require_safe
def reminder_text_list(request):
    today = timezone.localdate()
    form = ReminderUnitForm(request.GET, user=request.user, today=today)
    context = {
        "form": form,
        "texts": reminder_texts(request.user, today=today, within=form.within()),
        "ahead": settings.LIST_AHEAD_DAYS,
    }
    return render(request, "recommendations/reminder_texts.html", context)
