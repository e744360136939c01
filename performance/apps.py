from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "Kinerja"

    def ready(self):
        from performance import history_words  # noqa: F401  registers itself
        from performance.rules import finding_words  # noqa: F401  registers itself
        from performance.selectors import (  # noqa: F401  register themselves
            duties,
            findable,
            findings,
            listed_tables,
        )
