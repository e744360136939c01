"""The page that lists every report and document."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.forms.report_hub import HubForm
from reports.models import ReportJob
from reports.permissions import issued_report_policy
from reports.selectors import report_hub


@require_safe
def report_list(request):
    form = HubForm(request.GET, user=request.user)
    context = {
        "form": form,
        "groups": report_hub.groups(request.user, form),
        "may_read_issued": issued_report_policy.check(request.user, "view"),
        "unfinished": ReportJob.objects.of(request.user).unfinished().count(),
    }
    return render(request, "reports/report_list.html", context)
