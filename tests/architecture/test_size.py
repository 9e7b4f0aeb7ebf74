"""Modules stay small enough to read in one go; a longer one stands here with its reason."""

from django.conf import settings

LIMIT = 250
LONGER = {"config/privacy.py": "a register: one line per field of every model"}
FOLDERS = [
    "analytics",
    "assessments",
    "config",
    "learning",
    "modules",
    "organisations",
    "scripts",
]


def test_no_module_grows_beyond_the_limit() -> None:
    too_long = {}
    for folder in FOLDERS:
        for path in (settings.BASE_DIR / folder).rglob("*.py"):
            name = path.relative_to(settings.BASE_DIR).as_posix()
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if "/migrations/" not in name and lines > LIMIT and name not in LONGER:
                too_long[name] = lines
    assert not too_long
