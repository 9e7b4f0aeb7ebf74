"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the apps must be there first

from config.jobs import keep_the_daily_run  # noqa: E402

if settings.DAILY_RUN_IN_PROCESS:
    keep_the_daily_run()
