"""The read-only pages of objectives and indicators in the admin site.

People enter figures on the pages of the program, which ask for explanations, respect locked years and
write history.
"""

from django.contrib import admin

from performance.models import (
    Indicator,
    LockedYear,
    Objective,
    ObjectiveSource,
    QuarterFigure,
    Realisation,
    SmartMark,
    Target,
)
from sakip.admin import ReadOnly, ReadOnlyAdmin, ReadOnlyInline


class SourceInline(ReadOnlyInline):
    model = ObjectiveSource


class RealisationInline(ReadOnly, admin.StackedInline):
    model = Realisation


class QuarterInline(ReadOnlyInline):
    model = QuarterFigure


class SmartInline(ReadOnlyInline):
    model = SmartMark


class TargetInline(ReadOnlyInline):
    model = Target


@admin.register(Objective)
class ObjectiveAdmin(ReadOnlyAdmin):
    list_display = ["number", "name", "unit"]
    list_filter = ["unit"]
    list_select_related = ["unit"]
    search_fields = ["name"]
    inlines = [SourceInline]


@admin.register(Indicator)
class IndicatorAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "objective", "owner_unit", "measure", "year_from", "year_to"]
    list_filter = ["owner_unit", "polarity"]
    list_display_links = ["code", "name"]
    list_select_related = ["objective", "owner_unit"]
    search_fields = ["name", "code"]
    inlines = [TargetInline, RealisationInline, QuarterInline, SmartInline]


@admin.register(LockedYear)
class LockedYearAdmin(ReadOnlyAdmin):
    list_display = ["unit", "year", "locked_by", "locked_at"]
    list_filter = ["year"]
    list_select_related = ["unit", "locked_by"]
