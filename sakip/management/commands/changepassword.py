"""Sets a password for somebody, who has to choose an own one at the next sign-in."""

from django.contrib.auth.management.commands import changepassword

from sakip.services.passwords import mark_temporary


class Command(changepassword.Command):
    def handle(self, *args, **options):
        said = super().handle(*args, **options)
        mark_temporary(username=options["username"])
        return said
