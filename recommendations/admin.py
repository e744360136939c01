"""The admin site's pages for evaluations, recommendations and renaksi: to look something up.

The records are read-only here: the pages of the program check the rules and write the history.
"""

from django.contrib import admin
from django.db.models import URLField

from recommendations import models
from sakip.admin import ReadOnlyAdmin, ReadOnlyInline
from sakip.admin_export import ListExport


class WeightInline(ReadOnlyInline):
    model = models.RubricWeight


class ScoreInline(ReadOnlyInline):
    model = models.ComponentScore


class PointInline(ReadOnlyInline):
    model = models.RecommendationPoint


class StepInline(ReadOnlyInline):
    model = models.Step


class PhotoInline(ReadOnlyInline):
    model = models.NotePhoto
    exclude = ["image"]


class RevisionInline(ReadOnlyInline):
    model = models.EvidenceRevision
    exclude = ["file"]


@admin.register(models.Component)
class ComponentAdmin(ReadOnlyAdmin):
    list_display = ["name", "code", "position"]


@admin.register(models.Rubric)
class RubricAdmin(ListExport, ReadOnlyAdmin):
    list_display = ["name", "edition", "unit", "regulation", "is_estimate", "is_active"]
    list_select_related = ["unit"]
    inlines = [WeightInline]


@admin.register(models.Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    list_display = ["unit", "performance_year", "evaluation_year", "letter_number", "rubric"]
    list_filter = ["performance_year", "unit"]
    list_select_related = ["unit", "rubric"]
    search_fields = ["letter_number", "unit__name"]
    inlines = [ScoreInline]


@admin.register(models.Recommendation)
class RecommendationAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "evaluation"]
    list_filter = ["evaluation__performance_year"]
    list_select_related = ["component", "evaluation__unit"]
    search_fields = ["text", "heading"]
    inlines = [PointInline]


@admin.register(models.Renaksi)
class RenaksiAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "lead_unit", "due_date", "status"]
    list_filter = ["status", "lead_unit"]
    list_select_related = ["recommendation", "lead_unit"]
    search_fields = ["plan", "follow_up"]
    inlines = [StepInline]


@admin.register(models.Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    list_display = ["title", "renaksi", "kind", "is_archived"]
    list_filter = ["kind", "is_archived"]
    list_select_related = ["renaksi__recommendation"]
    search_fields = ["title"]
    inlines = [RevisionInline]


@admin.register(models.Note)
class NoteAdmin(ReadOnlyAdmin):
    list_display = ["recommendation"]
    list_select_related = ["recommendation__component"]
    inlines = [PhotoInline]


@admin.register(models.QuarterlyReport)
class QuarterlyReportAdmin(ReadOnlyAdmin):
    list_display = ["renaksi", "year", "quarter", "progress", "is_closed"]
    list_filter = ["year", "quarter"]
    list_select_related = ["renaksi__recommendation"]
