"""A developer's or a visitor's own machine: `make demo`. Nothing to configure."""

from config.settings.base import *
from config.settings.base import H5P_HOSTNAMES, LOGGING, VAR_DIR, env
from config.settings.databases import database

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="insecure-" + "development-only" * 3)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver", *H5P_HOSTNAMES]
DATABASES = {"default": database(env, default_file=VAR_DIR / "opmerkzaam.sqlite3")}
EMAIL_BACKEND = "config.mail.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
PSEUDONYM_KEY = env.str("OPMERKZAAM_PSEUDONYM_KEY", default="development-only")
# Switched off for visitors, and the pages say so; production requires it.
MFA_REQUIRED = env.bool("OPMERKZAAM_MFA_REQUIRED", default=False)
# A visitor reads the accounts and the address, not what Wagtail notes while loading.
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}}
