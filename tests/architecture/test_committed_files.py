"""What is committed works elsewhere: no registry or folder of the machine it was made on."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

# Put together from parts, so that this file too may be looked through.
REGISTRIES = [("registry", "npmjs", "org"), ("files", "pythonhosted", "org"), ("pypi", "org")]
FOLDERS = [str(settings.BASE_DIR) + "/", str(Path.home()) + "/"]
HERE = re.compile(
    "|".join(
        [
            *(re.escape(".".join(parts)) for parts in REGISTRIES),
            *(re.escape(folder) for folder in FOLDERS),
            "--(?:extra-)?index" + "-url",
            "file:" + "///",
        ]
    )
)


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
    return [name for name in listed.stdout.split("\0") if name]


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
