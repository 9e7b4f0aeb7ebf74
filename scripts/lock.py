"""Renew the lock files. Hashes make every later install take exactly these files."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]


def compile_requirements(target: str, *extra: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *extra]
        + [*COMPILE, "--quiet", "--output-file", f"requirements/{target}"],
        cwd=ROOT,
        check=True,
    )


def lock_npm(folder: Path) -> None:
    """No addresses in it: they would name the registry of the machine it was made on."""
    options = ["--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved"]
    subprocess.run(["npm", "install", *options], cwd=folder, check=True)


if __name__ == "__main__":
    compile_requirements("runtime.txt")
    compile_requirements("s3.txt", "--extra", "s3")
    compile_requirements("dev.txt", "--group", "dev", "--extra", "s3")
    for folder in [ROOT, ROOT / "tests" / "h5p"]:
        lock_npm(folder)
