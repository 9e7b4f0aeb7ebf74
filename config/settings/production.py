"""Production: what is secret or local comes from the environment; no default is unsafe."""

from config.settings.base import *
from config.settings.base import H5P_HOSTNAMES, MEDIA_URL, STORAGES, VAR_DIR, env
from config.settings.buckets import bucket
from config.settings.databases import database

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
DATABASES = {"default": database(env, default_file=VAR_DIR / "opmerkzaam.sqlite3")}
# Rate limits need one cache for all workers: redis://… or the database.
CACHES = {"default": env.cache_url("CACHE_URL", default="dbcache://django_cache")}
PSEUDONYM_KEY = env.str("OPMERKZAAM_PSEUDONYM_KEY")
vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
SITE_URL = env.str("OPMERKZAAM_BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
WAGTAILADMIN_BASE_URL = SITE_URL  # in the mails about reviewing
ALLOWED_HOSTS += H5P_HOSTNAMES

SECURE_SSL_REDIRECT = True
if env.int("OPMERKZAAM_PROXY_COUNT", default=0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("OPMERKZAAM_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# X-Frame-Options is SAMEORIGIN and not DENY: editors preview our own pages in a frame.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    **STORAGES,
    **bucket(env, media_url=MEDIA_URL),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
