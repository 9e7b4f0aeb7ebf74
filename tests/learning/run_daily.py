"""`advance_cycles` as a process of its own, on the database that TEST_COPY names."""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    settings.DATABASES["default"]["NAME"] = os.environ["TEST_COPY"]
    settings.EMAIL_BACKEND = "tests.learning.mail_sink.Sink"
    call_command("advance_cycles", "--as-of", sys.argv[1], "--json")
