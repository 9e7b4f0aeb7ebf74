"""As in production, but over plain HTTP on this machine, and with the bare view beside the site.

With OPMERKZAAM_BENCH_FLOOR set none of our own middleware runs: that is the floor.
"""

import os

for name, value in {
    "SECRET_KEY": "bench-" + "only" * 12,
    "OPMERKZAAM_PSEUDONYM_KEY": "bench-only",
    "ALLOWED_HOSTS": "127.0.0.1,testserver",
    "OPMERKZAAM_MFA_REQUIRED": "false",
    "CACHE_URL": "locmemcache://",
    "EMAIL_URL": "dummymail://",
}.items():
    os.environ.setdefault(name, value)

from config.settings.production import *
from config.settings.production import MIDDLEWARE as SITE_MIDDLEWARE

ROOT_URLCONF = "scripts.bench_urls"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
# No collected files here; the pages name them but nobody asks for them.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {"version": 1, "disable_existing_loggers": True}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# allauth does not start without its own, which costs next to nothing.
BARE_MIDDLEWARE = [name for name in SITE_MIDDLEWARE if name.startswith(("django.", "allauth."))]
if os.environ.get("OPMERKZAAM_BENCH_FLOOR"):
    MIDDLEWARE = BARE_MIDDLEWARE
