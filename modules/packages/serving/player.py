"""The player of H5P: what `npm ci` brought, and our own two files around it."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

CORE = "vendor/h5p/frame.bundle.js"
SCRIPTS = ["modules/h5p/closed.js", "modules/h5p/frame.js", CORE]
STYLES = ["vendor/h5p/styles/h5p.css", "modules/h5p/frame.css"]
PLAYER_FOLDERS = tuple(f"{settings.STATIC_URL}{name}" for name in ["vendor/h5p/", "modules/h5p/"])


def is_player_installed() -> bool:
    """Whether H5P can be played here: found among the sources, or gathered by collectstatic."""
    return bool(finders.find(CORE)) or staticfiles_storage.exists(CORE)


def address_of(name: str, base: str) -> str:
    """The whole address of one of its files, on the host that H5P files come from."""
    path = static(name)
    return path if "://" in path else base + path


def folder_of(core_styles: str) -> str:
    """Where its fonts and pictures stand, seen from the address of its stylesheet."""
    return core_styles.rpartition("/styles/")[0] + "/"
