"""The whole suite: lint, SQLite, PostgreSQL, and the journeys in a browser on PostgreSQL.

python -m scripts.test              everything
python -m scripts.test journeys     one or more of: lint sqlite postgresql journeys
python -m scripts.test --verify     did every part of the last run really run, and pass?
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from scripts import browser, lint
from scripts.postgres import NoPostgres
from scripts.with_postgres import postgres_url

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results"
PARTS = ["lint", "sqlite", "postgresql", "journeys"]
IN_CI = bool(os.environ.get("CI"))


@dataclass(frozen=True)
class Outcome:
    """What one part of the suite came to."""

    part: str
    state: str  # "passed", "FAILED" or "DID NOT RUN"
    detail: str
    seconds: float = 0.0

    @property
    def counts_as_failure(self) -> bool:
        """What a machine lacks is told loudly; in CI it is a failure."""
        return self.state == "FAILED" or (self.state != "passed" and IN_CI)


def counted(part: str) -> dict[str, int]:
    """The numbers in the report that pytest left; none when it left no report."""
    report = RESULTS / f"{part}.xml"
    if not report.exists():
        return {}
    suite = next(ElementTree.parse(report).getroot().iter("testsuite"))  # noqa: S314  # our own file
    return {name: int(suite.get(name, 0)) for name in ["tests", "failures", "errors", "skipped"]}


def judged(part: str, code: int, seconds: float = 0.0) -> Outcome:
    numbers = counted(part)
    ran = numbers.get("tests", 0) - numbers.get("skipped", 0)
    failed = numbers.get("failures", 0) + numbers.get("errors", 0)
    detail = f"{ran - failed} passed, {failed} failed, {numbers.get('skipped', 0)} skipped"
    if code or failed:
        return Outcome(part, "FAILED", detail, seconds)
    return Outcome(part, "passed" if ran else "DID NOT RUN", detail, seconds)


def pytest(part: str, arguments: list[str], environment: dict[str, str]) -> Outcome:
    print(f"\n=== {part} ===", flush=True)
    report = RESULTS / f"{part}.xml"
    start = time.monotonic()
    code = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments, f"--junitxml={report}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=False,
    ).returncode
    return judged(part, code, time.monotonic() - start)


def run_lint(_database: str) -> Outcome:
    print("=== lint ===", flush=True)
    start = time.monotonic()
    code = lint.main()
    state, detail = ("FAILED", "see above") if code else ("passed", f"{len(lint.CHECKS)} checks")
    return Outcome("lint", state, detail, time.monotonic() - start)


def run_sqlite(_database: str) -> Outcome:
    return pytest(
        "sqlite",
        ["-n", "2", "-m", "not journey"],
        {"DATABASE_URL": "sqlite://:memory:", "OPMERKZAAM_TEST_DATABASE": "sqlite"},
    )


def run_postgresql(database: str) -> Outcome:
    return pytest(
        "postgresql",
        ["-n", "2", "-m", "not journey"],
        {"DATABASE_URL": database, "OPMERKZAAM_TEST_DATABASE": "postgresql"},
    )


def run_journeys(database: str) -> Outcome:
    chromium = browser.get()
    if chromium is None:
        return Outcome("journeys", "DID NOT RUN", browser.HOW)
    return pytest(
        "journeys",
        ["-m", "journey", "tests/journeys"],
        {
            "DATABASE_URL": database,
            "OPMERKZAAM_TEST_DATABASE": "postgresql",
            "OPMERKZAAM_CHROMIUM": str(chromium),
        },
    )


RUNNERS: dict[str, Callable[[str], Outcome]] = {
    "lint": run_lint,
    "sqlite": run_sqlite,
    "postgresql": run_postgresql,
    "journeys": run_journeys,
}


def run_parts(parts: list[str]) -> list[Outcome]:
    """Run the parts in order; those that need PostgreSQL share one server."""
    outcomes = [RUNNERS[part]("") for part in parts if part in {"lint", "sqlite"}]
    needing = [part for part in parts if part in {"postgresql", "journeys"}]
    if not needing:
        return outcomes
    try:
        with postgres_url() as database:
            return outcomes + [RUNNERS[part](database) for part in needing]
    except NoPostgres as reason:
        how = f"{reason}\nName a PostgreSQL of your own in TEST_DATABASE_URL."
        return outcomes + [Outcome(part, "DID NOT RUN", how) for part in needing]


def tell(outcomes: list[Outcome]) -> int:
    print("\n=== make test ===")
    for outcome in outcomes:
        print(f"{outcome.part:<12}{outcome.state:<14}{outcome.seconds:6.0f} s  {outcome.detail}")
    if all(outcome.state == "passed" for outcome in outcomes):
        print("All of it ran and passed.")
    else:
        print("NOT all of it ran and passed: see the lines above.")
    return 1 if any(outcome.counts_as_failure for outcome in outcomes) else 0


def verify() -> int:
    """Fail unless all three halves left a report with tests that ran, and none that failed."""
    outcomes = [judged(part, 0) for part in PARTS if part != "lint"]
    for outcome in outcomes:
        print(f"verify: {outcome.part:<12}{outcome.state:<14}{outcome.detail}")
    return 0 if all(outcome.state == "passed" for outcome in outcomes) else 1


def main(arguments: list[str]) -> int:
    if arguments == ["--verify"]:
        return verify()
    unknown = set(arguments) - set(PARTS)
    if unknown:
        sys.exit(__doc__)
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()
    return tell(run_parts([part for part in PARTS if part in (arguments or PARTS)]))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
