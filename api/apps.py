from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = "API"

    def ready(self):
        from api import history_words  # noqa: F401  registers itself
        from api.selectors import lapsed  # noqa: F401  registers itself
        from api.services import announcing  # noqa: F401  registers itself
