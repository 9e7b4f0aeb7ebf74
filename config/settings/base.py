"""Settings that hold everywhere. What differs per place comes from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("OPMERKZAAM_VAR", default=str(BASE_DIR / "var")))
CURRICULUM_DIR = BASE_DIR / "curriculum"  # what is shipped: text in version control
VERSION = "0.1.0"

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "config",
    "analytics",
    "learning",
    "assessments",
    "modules",
    "organisations",
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.users",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "modules.packages.serving.host.HostOfH5P",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.RedirectsForScripts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisations.middleware.LanguageOfThePerson",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organisations.middleware.AccessOfTheDay",
    "modules.middleware.DoorOfTheAdmin",
    "organisations.middleware.SecondFactorAndIdleTime",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.frame",
            ],
        },
    },
]
# Our own form templates (large targets, errors beside the field) stand in templates/django/forms.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# People and sign-in. allauth is the only door: Wagtail's log-in pages redirect to it (urls.py).
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "organisations.adapters.ClosedSignup"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the organisation, never by sign-up
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Opmerkzaam"
# Roles that see other people's data or change content must use a second factor.
MFA_REQUIRED = env.bool("OPMERKZAAM_MFA_REQUIRED", default=True)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
IDLE_SECONDS_PRIVILEGED = 30 * 60

# Without a path of proxies stated, X-Forwarded-For is not believed (allauth's rate limits).
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("OPMERKZAAM_PROXY_COUNT", default=0)

# Time and language
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS: list[Any] = [
    BASE_DIR / "static",
    (
        "vendor/utrecht",
        BASE_DIR / "node_modules/@utrecht/component-library-css/dist",
    ),
    ("vendor/atkinson", BASE_DIR / "node_modules/@fontsource/atkinson-hyperlegible"),
    ("vendor/plotly", BASE_DIR / "node_modules/plotly.js-basic-dist-min"),
]
# The player of H5P. Everything else works without it.
H5P_PLAYER = BASE_DIR / "node_modules/h5p-standalone/dist"
if H5P_PLAYER.is_dir():
    STATICFILES_DIRS.append(("vendor/h5p", H5P_PLAYER))
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # H5P of others: private, by hash; has no address and is never under MEDIA_ROOT.
    "h5p": {
        "BACKEND": "modules.packages.disk.WholeFiles",
        "OPTIONS": {"location": VAR_DIR / "h5p", "base_url": None},
    },
}

# A 10 MB paste into a text field is refused with a message, not kept in memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# Files wait on the disk until a page takes them: none where more comes than any page takes.
FILE_UPLOAD_HANDLERS = [
    "modules.packages.admin.receiving.NeverTooMuch",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Browser-side defence. Not relaxed for charts either (static/css/plotly.css says how).
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview frames our own pages
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Wagtail
WAGTAIL_SITE_NAME = "Opmerkzaam"
WAGTAILADMIN_BASE_URL = env.str("OPMERKZAAM_BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_CONTENT_LANGUAGES = [("nl", _("Dutch"))]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_WORKFLOW_ENABLED = True  # colleagues look at each other's work; it binds nobody
WAGTAIL_FINISH_WORKFLOW_ACTION = "modules.finish.publish_when_sound"
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Mail
DEFAULT_FROM_EMAIL = env.str("OPMERKZAAM_FROM_EMAIL", default="opmerkzaam@localhost")
SITE_URL = WAGTAILADMIN_BASE_URL  # in mails, which are made outside a request
EMAIL_TIMEOUT = 30  # seconds: one mail server that is silent does not hold up the daily run

# Pseudonyms in research extracts: a key of their own, kept apart from the data they hide.
PSEUDONYM_KEY = env.str("OPMERKZAAM_PSEUDONYM_KEY", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django_tasks": {"level": "WARNING"}},  # two lines for every save in Wagtail
}

# Who gets training with a nearer due date than this is put before the coordinator instead.
LEAST_DAYS_TO_FINISH = env.int("LEAST_DAYS_TO_FINISH", default=14)
# Every day at six beside the pages; off where cron or a job worker runs `advance_cycles`.
DAILY_RUN_IN_PROCESS = env.bool("DAILY_RUN_IN_PROCESS", default=False)

# Files of training that people completed elsewhere.
EVIDENCE_MOST_BYTES = env.int("EVIDENCE_MOST_BYTES", default=2_000_000)
EVIDENCE_MOST_ROWS = env.int("EVIDENCE_MOST_ROWS", default=10_000)

# H5P of others. Caps that differ from modules/rules/h5p/caps.py: H5P_CAPS=members=3000,…
H5P_CAPS = env.dict("H5P_CAPS", cast={"value": int}, default={})
# A host of its own for files of H5P, that gets no cookie: https://h5p.example.org. "": this one.
H5P_HOST = env.str("H5P_HOST", default="").rstrip("/")
H5P_HOSTNAMES = [urlsplit(H5P_HOST).hostname or ""] if H5P_HOST else []
# Files that are sent in are checked beside the pages; off where a job worker runs `check_uploads`.
H5P_CHECKS_IN_PROCESS = env.bool("H5P_CHECKS_IN_PROCESS", default=True)
