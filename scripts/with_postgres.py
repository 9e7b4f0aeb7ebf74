"""Run a command with DATABASE_URL set to a throw-away PostgreSQL.

python -m scripts.with_postgres pytest tests/learning
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scripts.postgres import NoPostgres, server


@contextmanager
def postgres_url() -> Iterator[str]:
    """A server of our own, or the one that TEST_DATABASE_URL names where ours cannot run."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    with server() as address:
        yield address


def main(command: list[str]) -> int:
    if not command:
        sys.exit(__doc__)
    try:
        with postgres_url() as address:
            environment = {**os.environ, "DATABASE_URL": address}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgres as reason:
        sys.exit(f"{reason}\nName a PostgreSQL of your own in TEST_DATABASE_URL.")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
