from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "recommendations"
    verbose_name = "Rekomendasi dan tindak lanjut"

    def ready(self):
        from recommendations import history_words  # noqa: F401  registers itself
        from recommendations.models import placing
        from recommendations.rules import finding_words  # noqa: F401  registers itself
        from recommendations.selectors import (  # noqa: F401  register themselves
            duties,
            findable,
            findable_units,  # noqa: F401  registers itself
            findings,
            lapsed,
            listed_tables,
        )
        from sakip.triggers import Keeper, register

        register(Keeper(placing.put_up, placing.missing, before_migrations=placing.take_down))
