"""Makes a superuser. A password from the environment is temporary; one that is typed is the own one."""

import os

from django.contrib.auth.management.commands import createsuperuser

from sakip.services.passwords import mark_temporary


class Command(createsuperuser.Command):
    def handle(self, *args, **options):
        super().handle(*args, **options)
        given = not options["interactive"] and os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        if given:
            mark_temporary(username=options["username"] or os.environ["DJANGO_SUPERUSER_USERNAME"])
