"""The province at a glance, and the recommendations that its bodies get again and again."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from recommendations.permissions import evaluation_policy
from reports.exports.kept_pages import kept
from reports.forms.province import ProvinceFilter, RepeatedFilter
from reports.selectors import province_list as listed
from reports.selectors import province_page as shown
from reports.selectors import province_words as words
from reports.selectors.province import province
from reports.selectors.repeated import repetitions
from sakip.errors import require
from sakip.roles import Role


@require_safe
def province_page(request):
    require(evaluation_policy.check(request.user, "print"))
    context = overview(request.user, request.GET, today=timezone.localdate())
    return render(request, "reports/province.html", context)


def overview(user, data, *, today) -> dict:
    """Returns the content of the page; the home page shows it too. It is stored until something changes."""
    return kept(
        user,
        about=("province", today, *(data.get(name, "") for name in ProvinceFilter.base_fields)),
        count=lambda: _parts(user, data, today),
    )


def _parts(user, data, today):
    """Returns the parts and the number of renaksi. Invalid input counts as none and is not stored."""
    form = ProvinceFilter(data, user=user)
    found = province(user, today=today, year=form.year)
    ordered = listed.ordered(found, form.sort, reverse=form.is_reversed)
    context = {
        "filters": form,
        "province": found,
        "may_add": user.role == Role.COORDINATOR and user.governs_province,
        "pieces": words.pieces(found),
        "heads": shown.heads(found, form.query, form.sort, is_reversed=form.is_reversed),
        "lines": shown.lines(found, listed.narrowed(ordered, **form.filters)),
    }
    parts = {
        "province": render_to_string("reports/_province.html", context),
        "as_of": words.as_of(found),
        "files": [
            ("PDF", shown.report_address(found, "pdf")),
            ("Excel", shown.report_address(found, "xlsx")),
        ],
    }
    return parts, 0 if form.errors else found.work.total


@require_safe
def repeated_list(request):
    """Also for operators: everybody who may read an LHE may read its recommendations."""
    form = RepeatedFilter(request.GET, user=request.user)
    rows = repetitions(request.user, year=form.year, body=form.body)
    return render(request, "reports/repeated.html", {"form": form, "rows": rows})
