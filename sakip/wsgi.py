"""The WSGI entry point for application servers."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from sakip.operations import database_waits

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings")
database_waits.limit(settings.DATABASES["default"], database_waits.PAGES)
application = get_wsgi_application()
