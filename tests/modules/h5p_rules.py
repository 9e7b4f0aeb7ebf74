"""The rules that a package carries, run by Node."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from modules.h5p import library
from modules.h5p.content import Files, content_of
from modules.rules.scenario import Made, Scenario

PLAYER = settings.BASE_DIR / "tests" / "h5p" / "play.cjs"


class Node:
    """One process for all scenarios of a test: starting one takes longer than playing hundreds."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def play(self, scenario: Scenario, made: Made, *, seed: int = 0) -> dict[str, Any]:
        """What the script in the package makes of a scenario as it is exported."""
        content = content_of(scenario, language="nl", competencies={}, files=Files())
        return self.play_content(content, made, seed=seed)

    def play_content(self, content: dict[str, Any], made: Made, *, seed: int = 0) -> dict[str, Any]:
        asked = {"content": content, "made": {key: list(ids) for key, ids in made.items()}}
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({**asked, "seed": seed}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def node() -> Iterator[Node]:
    command = [str(shutil.which("node")), str(PLAYER), str(library.FOLDER)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Node(process)
