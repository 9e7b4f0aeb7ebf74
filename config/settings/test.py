"""The suite: SQLite, or PostgreSQL by DATABASE_URL."""

from config.settings.base import *
from config.settings.base import VAR_DIR, env
from config.settings.databases import database

SECRET_KEY = "test-" + "only" * 12
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(env, default_file=VAR_DIR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PSEUDONYM_KEY = "test-only"
MFA_REQUIRED = False
ACCOUNT_RATE_LIMITS = False
