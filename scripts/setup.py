"""Install what the site needs into .venv and node_modules; skip what is there already.

With --tests also what only tests need: another host of H5P.

Runs with whatever `python3` is on the machine, so it must also start on one that is too old and
say so. Each step leaves a stamp with the fingerprint of its inputs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON_NEEDED = (3, 11)
NODE_NEEDED = 20
NEWER_PYTHONS = ["python3.14", "python3.13", "python3.12", "python3.11"]


def stop(message: str) -> None:
    sys.exit(f"\nmake setup: {message}\n")


def use_new_enough_python() -> None:
    """Go on under a newer Python of this machine when `python3` itself is too old."""
    if sys.version_info >= PYTHON_NEEDED:
        return
    for name in NEWER_PYTHONS:
        path = shutil.which(name)
        if path:
            os.execv(path, [path, *sys.argv])
    found = ".".join(str(part) for part in sys.version_info[:3])
    stop(f"Python 3.11 or newer is needed; python3 here is {found}.")


def check_node() -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        stop(f"Node.js {NODE_NEEDED} or newer with npm is needed (for stylesheets and charts).")
        return
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.strip().lstrip("v").split(".")[0]) < NODE_NEEDED:
        stop(f"Node.js {NODE_NEEDED} or newer is needed; here is {version.strip()}.")


def fingerprint(*inputs: str) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in inputs:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_done(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def run(what: str, command: list[str]) -> None:
    print(f"setup: {what}", flush=True)
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        stop(f"this step failed: {' '.join(command)}")


def venv_python() -> Path:
    return VENV / "bin" / "python"


def venv_works() -> bool:
    """A virtual environment breaks when its folder or its Python has moved."""
    try:
        answer = subprocess.run(
            [str(venv_python()), "-c", "import sys, pip; print(sys.prefix)"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return answer.returncode == 0 and Path(answer.stdout.strip()).resolve() == VENV.resolve()


def make_venv() -> None:
    if venv_works():
        return
    try:
        import ensurepip  # noqa: F401  # Debian leaves it out of python3
    except ImportError:
        stop("this Python cannot make virtual environments; on Debian: apt install python3-venv")
    run("virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def install_python_packages() -> None:
    stamp, wanted = VENV / "installed", fingerprint("requirements/dev.txt")
    if venv_works() and is_done(stamp, wanted):
        return
    make_venv()
    pip = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run("Python packages", [*pip, "--require-hashes", "-r", "requirements/dev.txt"])
    stamp.write_text(wanted)


def install_node_packages(folder: Path, what: str) -> None:
    lock = folder / "package-lock.json"
    stamp, wanted = folder / "node_modules" / ".installed", fingerprint(str(lock.relative_to(ROOT)))
    if is_done(stamp, wanted):
        return
    check_node()
    npm = [str(shutil.which("npm")), "--prefix", str(folder)]
    run(what, [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    stamp.write_text(wanted)


def compile_messages() -> None:
    catalogues = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
    if not catalogues:
        return
    names = [str(path.relative_to(ROOT)) for path in catalogues]
    stamp, wanted = VENV / "messages", fingerprint(*names)
    if is_done(stamp, wanted) and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    run("texts", [str(venv_python()), "manage.py", "messages", "--compile"])
    stamp.write_text(wanted)


if __name__ == "__main__":
    use_new_enough_python()
    install_python_packages()
    install_node_packages(ROOT, "stylesheets, charts and the player of H5P")
    if "--tests" in sys.argv:
        install_node_packages(ROOT / "tests" / "h5p", "a host of H5P, to try exports in")
    compile_messages()
