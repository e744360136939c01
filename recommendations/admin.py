"""The admin site's pages for evaluations, recommendations and renaksi.

Figures and texts may be mended here; a status is the workflow's alone and only shown. What is written
into an item stands in its history, so that whoever wrote it here does not review it.
"""

from django.contrib import admin
from django.db.models import URLField

from recommendations import models
from sakip.history import differences, record
from sakip.writing import about

WORK = {"follow_up", "not_actionable_reason"}


class WeightInline(admin.TabularInline):
    model = models.RubricWeight
    extra = 0


class ScoreInline(admin.StackedInline):
    model = models.ComponentScore
    extra = 0


class PointInline(admin.StackedInline):
    model = models.RecommendationPoint
    extra = 0


class StepInline(admin.StackedInline):
    model = models.Step
    extra = 0


class PhotoInline(admin.TabularInline):
    model = models.NotePhoto
    extra = 0


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
class RecommendationAdmin(admin.ModelAdmin):
    list_display = ["number", "title", "evaluation"]
    list_filter = ["evaluation__performance_year"]
    list_select_related = ["component", "evaluation__unit"]
    autocomplete_fields = ["evaluation", "previous"]
    search_fields = ["text", "heading"]
    inlines = [PointInline]


@admin.register(models.Renaksi)
class RenaksiAdmin(admin.ModelAdmin):
    list_display = ["__str__", "lead_unit", "due_date", "status"]
    list_filter = ["status", "lead_unit"]
    list_select_related = ["recommendation", "lead_unit"]
    autocomplete_fields = ["recommendation", "lead_unit", "supporting_units"]
    readonly_fields = ["status", "submitted_at", "submitted_by", "closed_at"]
    raw_id_fields = ["point"]
    search_fields = ["plan", "follow_up"]
    inlines = [StepInline]

    def save_model(self, request, obj, form, change):
        """Whoever has the text open is told that somebody saved in between."""
        obj.version += bool(change)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        worked = differences(form, leave_out=set(form.changed_data) - WORK)
        if any(formset.has_changed() for formset in formsets):
            worked.append(("Langkah", "-", "diubah"))
        planned = differences(form, leave_out=WORK)
        for action, changes in (("plan" if change else "create", planned), ("edit", worked)):
            if changes:
                record(actor=request.user, action=action, target=form.instance, changes=changes)


class OfRenaksiAdmin(admin.ModelAdmin):
    """Parts of an item; `entries` are the actions of its history for a new one and for a changed one."""

    entries = ()

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if changes := about(str(obj), differences(form)):
            record(
                actor=request.user,
                action=self.entries[change],
                target=obj.renaksi,
                changes=changes,
            )


@admin.register(models.Evidence)
class EvidenceAdmin(OfRenaksiAdmin):
    entries = ("add_evidence", "edit_evidence")
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    list_display = ["title", "renaksi", "kind", "is_archived"]
    list_filter = ["kind", "is_archived"]
    list_select_related = ["renaksi__recommendation"]
    autocomplete_fields = ["renaksi"]
    search_fields = ["title"]
    inlines = [RevisionInline]


@admin.register(models.Note)
class NoteAdmin(admin.ModelAdmin):
    list_display = ["recommendation"]
    list_select_related = ["recommendation__component"]
    autocomplete_fields = ["recommendation"]
    inlines = [PhotoInline]


@admin.register(models.QuarterlyReport)
class QuarterlyReportAdmin(OfRenaksiAdmin):
    entries = ("report_quarter", "report_quarter")
    list_display = ["renaksi", "year", "quarter", "progress", "is_closed"]
    list_filter = ["year", "quarter"]
    list_select_related = ["renaksi__recommendation"]
    autocomplete_fields = ["renaksi"]
