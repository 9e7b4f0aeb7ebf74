"""The gunicorns that `make bench` asks."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A gunicorn with one process, so that its CPU time is one number."""

    port: int
    process: "subprocess.Popen[bytes]"

    def worker(self) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return int(children.split()[0])

    def cpu_ms(self) -> float:
        after_name = Path(f"/proc/{self.worker()}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) * TICK_MS


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@contextmanager
def served(**environment: str) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
    options = ["--workers", "1", "--threads", "4", "--keep-alive", "60", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, *options, "--log-level", "error"], env={**os.environ, **environment}
    )
    try:
        wait_for(port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("bench: gunicorn does not answer")
