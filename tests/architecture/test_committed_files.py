"""What is committed works elsewhere: no registry or folder of the machine it was made on."""

import re
import subprocess

import pytest
from django.conf import settings

HERE = re.compile(
    r"registry\.npmjs\.org|files\.pythonhosted\.org|pypi\.org/simple|--(?:extra-)?index-url"
    r"|file:///|/root/|/work/(?:main|shared)|/opt/pypi"
)
SELF = "tests/architecture/test_committed_files.py"


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name and name != SELF]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    guilty = []
    for name in committed():
        path = settings.BASE_DIR / name
        if not path.is_file() or path.is_symlink():
            continue
        text = path.read_bytes().decode("utf-8", errors="ignore")
        guilty += [f"{name}: {found}" for found in sorted(set(HERE.findall(text)))]
    assert not guilty


def test_nothing_that_is_made_here_is_committed() -> None:
    made = (".venv/", "node_modules/", "var/", "test-results/")
    assert not [name for name in committed() if name.startswith(made) or name.endswith(".mo")]
