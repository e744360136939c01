"""The admin site's pages for issued documents."""

from django.contrib import admin

from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection


class SectionInline(admin.TabularInline):
    model = TelaahStafSection
    extra = 0
    show_change_link = True


class BlockInline(admin.StackedInline):
    model = TelaahStafBlock
    extra = 0


@admin.register(TelaahStaf)
class TelaahStafAdmin(admin.ModelAdmin):
    list_display = ["number", "subject", "date", "signatory"]
    list_select_related = ["signatory"]
    autocomplete_fields = ["evaluation", "signatory"]
    filter_horizontal = ["components"]
    inlines = [SectionInline]


@admin.register(TelaahStafSection)
class TelaahStafSectionAdmin(admin.ModelAdmin):
    list_display = ["heading", "telaah_staf", "position"]
    list_select_related = ["telaah_staf"]
    inlines = [BlockInline]

    def has_module_permission(self, request):
        return False
