from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "performance"
    verbose_name = "Kinerja"

    def ready(self):
        from performance import history_words  # noqa: F401  registers itself
        from performance.rules import finding_words  # noqa: F401  registers itself
        from performance.selectors import duties, findable, findings  # noqa: F401  register themselves
