"""The example site on this machine: load its data once, then serve it.

python -m scripts.demo --port 8000     load what is missing, serve until Ctrl-C
python -m scripts.demo --reset         throw the example data away and load it anew

Served by gunicorn: one process with threads, which suits SQLite and a visitor with several tabs.
"""

import argparse
import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("OPMERKZAAM_VAR", ROOT / "var"))
HOST = "127.0.0.1"
LOADED = [["migrate", "--verbosity", "0"], ["load_curriculum"], ["load_demo"], ["advance_cycles"]]
SERVER = ["--workers", "1", "--threads", "8", "--keep-alive", "5", "--graceful-timeout", "3"]
QUIET = ["--log-level", "warning", "--no-control-socket"]


def manage(*arguments: str) -> None:
    code = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, check=False
    ).returncode
    if code:
        sys.exit(f"\nmake demo: `manage.py {arguments[0]}` failed; see above.")


def refuse_taken_port(port: int) -> None:
    """Say so before minutes of loading, and in words."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((HOST, port))
        except OSError as problem:
            sys.exit(
                f"\nmake demo: port {port} cannot be used ({problem.strerror}). "
                f"Try another: make demo PORT={port + 1}"
            )


@contextmanager
def data_kept(*, alone: bool) -> Iterator[None]:
    """Several demos may serve the same data; throwing it away is for when none does."""
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "demo.lock").open("w") as lock:
        kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        try:
            fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("\nmake demo: another `make demo` is using the example data; stop it first.")
        os.set_inheritable(lock.fileno(), True)  # the web server keeps it
        yield


def load() -> None:
    print("demo: preparing the example data (about half a minute the first time)", flush=True)
    (VAR / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns where it is missing
    for command in LOADED:
        manage(*command)


def throw_away() -> None:
    """Only ever the files of the example site itself."""
    if os.environ.get("DATABASE_URL"):
        sys.exit("\nmake demo-reset: DATABASE_URL is set; only the demo's own file is reset.")
    for name in ["opmerkzaam.sqlite3", "opmerkzaam.sqlite3-wal", "opmerkzaam.sqlite3-shm"]:
        (VAR / name).unlink(missing_ok=True)
    shutil.rmtree(VAR / "media", ignore_errors=True)


def serve(port: int) -> None:
    """Become the web server: signals and Ctrl-C then reach it without anything in between."""
    manage("demo_accounts")
    print(f"\nOpmerkzaam is at http://{HOST}:{port}/   (Ctrl-C stops it)\n", flush=True)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"]
    os.chdir(ROOT)
    os.execv(sys.executable, [*command, *SERVER, *QUIET])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    os.environ.setdefault("DAILY_RUN_IN_PROCESS", "yes")
    os.environ.setdefault("OPMERKZAAM_BASE_URL", f"http://{HOST}:{options.port}")
    if options.reset:
        with data_kept(alone=True):
            throw_away()
            load()
        print("\nThe example data is new again. `make demo` serves it.")
        return 0
    refuse_taken_port(options.port)
    with data_kept(alone=False):
        load()
        serve(options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
