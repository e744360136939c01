from django.apps import AppConfig


class WorkbooksConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "workbooks"
    verbose_name = "Excel masuk dan keluar"

    def ready(self):
        from workbooks import history_words  # noqa: F401  registers itself
        from workbooks.selectors import lapsed  # noqa: F401  registers itself
