from django.apps import AppConfig


class SakipConfig(AppConfig):
    name = "sakip"
    verbose_name = "Orang dan unit kerja"

    def ready(self):
        from sakip import checks  # noqa: F401  registers the system checks
