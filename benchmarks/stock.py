"""The peer of the lists and of the HTTP rows: the stock admin of Django for the same models and rows.

As the manual of Django shows: columns, filters, search fields and `list_select_related`. No code of ours.
Only a superuser may use it (`data.SUPERUSER`).
"""

from django.contrib.admin import AdminSite, ModelAdmin

from recommendations.models import Evaluation, Recommendation, Renaksi
from sakip.models import Unit


class RenaksiAdmin(ModelAdmin):
    list_display = ("__str__", "recommendation", "lead_unit", "person", "due_date", "status")
    list_filter = ("status", "lead_unit", "recommendation__evaluation__performance_year")
    list_select_related = ("recommendation__component", "recommendation__evaluation", "lead_unit")
    list_select_related += ("person",)
    search_fields = ("plan", "follow_up", "recommendation__text")
    list_per_page = 50
    raw_id_fields = ("recommendation", "point", "lead_unit", "supporting_units", "person")


class UnitAdmin(ModelAdmin):
    list_display = ("name", "code", "kind", "parent")
    list_per_page = 50


class EvaluationAdmin(ModelAdmin):
    list_display = ("unit", "performance_year", "evaluation_year", "letter_number")
    list_filter = ("performance_year",)
    list_select_related = ("unit",)
    list_per_page = 50


class RecommendationAdmin(ModelAdmin):
    list_display = ("number", "evaluation", "component")
    list_filter = ("component",)
    list_select_related = ("evaluation__unit", "component")
    list_per_page = 50


site = AdminSite(name="stock")
site.register(Renaksi, RenaksiAdmin)
site.register(Unit, UnitAdmin)
site.register(Evaluation, EvaluationAdmin)
site.register(Recommendation, RecommendationAdmin)
