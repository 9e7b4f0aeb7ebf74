"""The suite: SQLite, or PostgreSQL by DATABASE_URL."""

from config.settings.base import *
from config.settings.base import VAR_DIR, env
from config.settings.databases import database

SECRET_KEY = "test-" + "only" * 12
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": database(env, default_file=VAR_DIR / "test.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: threads of a test then wait for each other's locks like browsers do.
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "pytest.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;PRAGMA recursive_triggers=ON;"
    )
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PSEUDONYM_KEY = "test-only"
MFA_REQUIRED = False
ACCOUNT_RATE_LIMITS = False
H5P_CHECKS_IN_PROCESS = False
