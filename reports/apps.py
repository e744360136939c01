from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Laporan"

    def ready(self):
        from reports import history_words, system_checks  # noqa: F401  register themselves
        from reports.rules import finding_words  # noqa: F401  registers itself
        from reports.selectors import findings, history_heads, lapsed  # noqa: F401  register themselves
