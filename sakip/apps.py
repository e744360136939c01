from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin
from django.urls import register_converter

from sakip.converters import QuarterConverter, YearConverter


class SakipConfig(AppConfig):
    name = "sakip"
    verbose_name = "Orang dan unit kerja"

    def ready(self):
        from sakip import history_words, lookups, system_checks  # noqa: F401  register themselves
        from sakip.field_errors import name_model_fields
        from sakip.history import guard
        from sakip.selectors import findable, lapsed, listed_tables  # noqa: F401  register themselves
        from sakip.services import leftovers  # noqa: F401  registers itself
        from sakip.triggers import Keeper, register
        from sakip.uploads import unfinished  # noqa: F401  registers itself

        register(Keeper(guard.put_up, guard.missing))
        register_converter(YearConverter, "year")
        register_converter(QuarterConverter, "quarter")
        for model in apps.get_models():
            name_model_fields(model)


class AdminConfig(admin.AdminConfig):
    default_site = "sakip.admin_site.SakipAdminSite"
