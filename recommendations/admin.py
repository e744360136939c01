"""The admin site's pages for evaluations, recommendations and renaksi.

Figures and texts may be mended here; a status is the workflow's alone and only shown. What has a place
among others, a file, units or a person is made, planned and deleted on the pages of the program,
which keep letters, files and history in order.
"""

from django.contrib import admin

from recommendations import models


class MendedAdmin(admin.ModelAdmin):
    """Rows whose words may be mended; made and deleted elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class PartsInline:
    """Parts whose words may be mended; the order is that of the page where they are written."""

    extra = max_num = 0
    can_delete = False
    readonly_fields = ["position"]


class WeightInline(admin.TabularInline):
    model = models.RubricWeight
    extra = 0


class ScoreInline(admin.StackedInline):
    model = models.ComponentScore
    extra = 0


class PointInline(PartsInline, admin.StackedInline):
    model = models.RecommendationPoint


class StepInline(PartsInline, admin.StackedInline):
    model = models.Step


class PhotoInline(PartsInline, admin.TabularInline):
    model = models.NotePhoto
    readonly_fields = ["position", "image"]


class RevisionInline(admin.TabularInline):
    """Bytes that were received stay as they are."""

    model = models.EvidenceRevision
    extra = 0
    can_delete = False
    exclude = ["file"]
    readonly_fields = [
        "number",
        "original_name",
        "content_type",
        "size",
        "sha256",
        "uploaded_by",
        "uploaded_at",
    ]

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(models.Component)
class ComponentAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "position"]


@admin.register(models.Rubric)
class RubricAdmin(admin.ModelAdmin):
    list_display = ["name", "regulation", "is_estimate", "is_active"]
    inlines = [WeightInline]


@admin.register(models.Evaluation)
class EvaluationAdmin(admin.ModelAdmin):
    list_display = ["unit", "performance_year", "evaluation_year", "letter_number", "rubric"]
    list_filter = ["performance_year", "unit"]
    list_select_related = ["unit", "rubric"]
    autocomplete_fields = ["unit"]
    search_fields = ["letter_number", "unit__name"]
    inlines = [ScoreInline]


@admin.register(models.Recommendation)
class RecommendationAdmin(MendedAdmin):
    list_display = ["number", "title", "evaluation"]
    list_filter = ["evaluation__performance_year"]
    list_select_related = ["component", "evaluation__unit"]
    autocomplete_fields = ["previous"]
    readonly_fields = ["evaluation", "number"]
    search_fields = ["text", "heading"]
    inlines = [PointInline]


@admin.register(models.Renaksi)
class RenaksiAdmin(MendedAdmin):
    list_display = ["__str__", "lead_unit", "due_date", "status"]
    list_filter = ["status", "lead_unit"]
    list_select_related = ["recommendation", "lead_unit"]
    planned = ["recommendation", "position", "point", "lead_unit", "supporting_units", "person"]
    readonly_fields = [*planned, "due_date", "status", "submitted_at", "submitted_by", "closed_at"]
    search_fields = ["plan", "follow_up"]
    inlines = [StepInline]


@admin.register(models.Evidence)
class EvidenceAdmin(MendedAdmin):
    list_display = ["title", "renaksi", "kind", "is_archived"]
    list_filter = ["kind", "is_archived"]
    list_select_related = ["renaksi__recommendation"]
    readonly_fields = ["renaksi", "position", "kind", "url"]
    search_fields = ["title"]
    inlines = [RevisionInline]


@admin.register(models.Note)
class NoteAdmin(MendedAdmin):
    list_display = ["recommendation"]
    list_select_related = ["recommendation__component"]
    readonly_fields = ["recommendation"]
    inlines = [PhotoInline]


@admin.register(models.QuarterlyReport)
class QuarterlyReportAdmin(admin.ModelAdmin):
    list_display = ["renaksi", "year", "quarter", "progress", "is_closed"]
    list_filter = ["year", "quarter"]
    list_select_related = ["renaksi__recommendation"]
    autocomplete_fields = ["renaksi"]
