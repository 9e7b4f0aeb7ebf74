"""Everything that can be judged without running a test. Two checks at a time, told in order."""

import os
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": "sqlite://:memory:"}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "DATABASE_URL": "sqlite://:memory:",
    "SECRET_KEY": "only-to-check-the-settings-" + "0123456789abcdef" * 3,
    "OPMERKZAAM_PSEUDONYM_KEY": "only-to-check-the-settings",
    "ALLOWED_HOSTS": "opmerkzaam.example",
}
DEPLOY_CHECK = [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
IMPORTS = [PYTHON, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
TEMPLATES = "templates"

Check = tuple[str, list[str], dict[str, str]]
CHECKS: list[Check] = [
    ("types", [PYTHON, "-m", "mypy"], {}),
    ("markup", [PYTHON, "-m", "curlylint", TEMPLATES], {}),
    ("style", [PYTHON, "-m", "ruff", "check", "."], {}),
    ("format", [PYTHON, "-m", "ruff", "format", "--check", "."], {}),
    ("imports", [*IMPORTS, "--no-cache"], {}),
    ("templates", [PYTHON, "-m", "djlint", TEMPLATES, "--lint", "--quiet"], {}),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], TEST),
    ("deployment", DEPLOY_CHECK, PRODUCTION),
]


def run(check: Check) -> tuple[int, str, float]:
    _name, command, extra = check
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **extra},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - start


def tell(name: str, outcome: "Future[tuple[int, str, float]]") -> bool:
    code, output, seconds = outcome.result()
    print(f"lint: {name:<12}{'ok' if code == 0 else 'FAILED':<8}{seconds:5.1f} s", flush=True)
    if code:
        print(output.rstrip(), flush=True)
    return code == 0


def main() -> int:
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = [(check[0], pool.submit(run, check)) for check in CHECKS]
        fine = [tell(name, outcome) for name, outcome in outcomes]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
