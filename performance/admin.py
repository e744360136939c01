"""The admin site's pages for objectives and indicators."""

from django.contrib import admin

from performance.models import (
    Indicator,
    LockedYear,
    Objective,
    ObjectiveSource,
    Realisation,
    SmartMark,
    Target,
)


class SourceInline(admin.TabularInline):
    model = ObjectiveSource
    extra = 0


class RealisationInline(admin.StackedInline):
    model = Realisation
    extra = 0


class SmartInline(admin.TabularInline):
    model = SmartMark
    extra = 0


class TargetInline(admin.TabularInline):
    model = Target
    extra = 0


@admin.register(Objective)
class ObjectiveAdmin(admin.ModelAdmin):
    list_display = ["number", "name", "unit"]
    list_filter = ["unit"]
    list_select_related = ["unit"]
    autocomplete_fields = ["unit"]
    search_fields = ["name"]
    inlines = [SourceInline]


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    list_display = ["name", "objective", "owner_unit", "measure", "year_from", "year_to"]
    list_filter = ["owner_unit", "polarity"]
    list_select_related = ["objective", "owner_unit"]
    autocomplete_fields = ["objective", "parent", "owner_unit"]
    search_fields = ["name", "code"]
    inlines = [TargetInline, RealisationInline, SmartInline]


@admin.register(LockedYear)
class LockedYearAdmin(admin.ModelAdmin):
    list_display = ["unit", "year", "locked_by", "locked_at"]
    list_filter = ["year"]
    list_select_related = ["unit", "locked_by"]
    autocomplete_fields = ["unit", "locked_by"]
