"""What the pages that matter cost: queries, milliseconds, bytes; beside a bare view.

Run by `make bench` with a throw-away PostgreSQL in DATABASE_URL. The site and the bare view are
served by gunicorn at the same time and asked in turns, so that what else this machine does hits
both. CPU-ms is what the web process itself used per request, and is the steadiest number here.
After the pages come turns of conversations (bench_turn.py), then the engine (bench_engine.py).
"""

import http.client
import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organisations.models import Organisation

os.environ["DJANGO_SETTINGS_MODULE"] = "scripts.bench_settings"

import django

from scripts.bench_server import Server, served

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "40"))
SIZES = [40, 1000]
BARE = "bare view"


@dataclass
class Target:
    """One page, for one person, and what PERFORMANCE asks of it beside the bare view."""

    name: str
    path: str
    email: str
    goal: float | None = None
    most_queries: int | None = None
    queries: int = 0
    size: int = 0
    cookie: str = ""
    milliseconds: list[list[float]] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(statistics.median(round_) for round_ in self.milliseconds)

    @property
    def p95(self) -> float:
        every = sorted(value for round_ in self.milliseconds for value in round_)
        return every[int(len(every) * 0.95)]

    @property
    def cpu_median(self) -> float:
        return statistics.median(self.cpu)


def prepare(target: Target) -> None:
    """Sign in, look at the page once, and count its queries with everything warm."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    from organisations.models import User
    from scripts.bench_settings import BARE_MIDDLEWARE, MIDDLEWARE

    with override_settings(MIDDLEWARE=BARE_MIDDLEWARE if target.name == BARE else MIDDLEWARE):
        client = Client()
        client.force_login(User.objects.get(email=target.email))
        target.cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(target.path)
            if response.status_code != 200:
                sys.exit(f"bench: {target.path} answers {response.status_code}")
    target.queries = len(captured)
    target.size = len(response.content)


def measure(target: Target, server: Server) -> None:
    """One round over one connection that stays open."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    times: list[float] = []
    for number in range(-3, REQUESTS):  # three to warm the connection and the threads
        if number == 0:
            used = server.cpu_ms()
        start = time.perf_counter()
        connection.request("GET", target.path, headers={"Cookie": target.cookie})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            sys.exit(f"bench: {target.path} answers {response.status} under load")
        if number >= 0:
            times.append((time.perf_counter() - start) * 1000)
    target.cpu.append((server.cpu_ms() - used) / REQUESTS)
    target.milliseconds.append(times)
    connection.close()


def targets(institution: "Organisation") -> list[Target]:
    """The bare view first; the pages as the people of the example data open them."""
    from learning.models import Attempt

    attempt = Attempt.objects.filter(completed_at=None).order_by("pk")[0]
    steps = attempt.module_version.parsed.steps
    number = next(n for n, step in enumerate(steps, start=1) if step.kind == "explanation")
    return [
        Target(BARE, "/bench/floor/", "nieuw@demo.example"),
        Target("frame alone", "/steun/", "nieuw@demo.example"),
        Target(
            "learner's step",
            f"/leren/{attempt.public_id}/stap/{number}/",
            attempt.worker.email,
            goal=1.3,
            most_queries=6,
        ),
        Target("team", "/team/", "leidinggevende@demo.example", goal=1.5),
        Target("forecast", "/team/vooruitblik/", "leidinggevende@demo.example"),
        Target("team, institution", "/team/", "opleidingen@demo.example"),
        Target(
            "institution chart",
            f"/cijfers/{institution.public_id}/overzicht/",
            "aandachtsfunctionaris@demo.example",
        ),
    ]


def tell(size: int, measured: list[Target]) -> None:
    bare = measured[0]
    print(
        f"\n{size} workers          queries   median ms   p95 ms   CPU-ms   x bare    bytes   goal"
    )
    for target in measured:
        ratio = target.cpu_median / bare.cpu_median
        print(
            f"{target.name:<20}{target.queries:>7}{target.median:>12.1f}{target.p95:>9.1f}"
            f"{target.cpu_median:>9.1f}{ratio:>8.2f}x{target.size:>9,}   {verdict(target, ratio)}"
        )


def verdict(target: Target, ratio: float) -> str:
    told = []
    if target.goal is not None:
        told.append(f"<= {target.goal}x {'met' if ratio <= target.goal else 'NOT met'}")
    if target.most_queries is not None:
        met = target.queries <= target.most_queries
        told.append(f"<= {target.most_queries} queries {'met' if met else 'NOT met'}")
    return ", ".join(told)


def main() -> int:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from organisations.models import Organisation, User
    from scripts.bench_data import analyse, grow
    from scripts.bench_engine import measure_engine
    from scripts.bench_turn import measure_turns

    if connection.vendor != "postgresql":
        sys.exit("bench: measures on PostgreSQL; type make bench")
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    manager = User.objects.get(email="leidinggevende@demo.example")
    institution = Organisation.objects.get(teams__employments__user=manager)
    print(f"{ROUNDS} rounds of {REQUESTS} requests; ratios are of CPU-ms to the bare view")
    for size in SIZES:
        grow(institution, workers=size)
        analyse()
        measured = targets(institution)
        with served(OPMERKZAAM_BENCH_FLOOR="1") as bare, served() as site:
            for target in measured:
                prepare(target)
            for _round in range(ROUNDS):
                for target in measured:
                    measure(target, bare if target is measured[0] else site)
        tell(size, measured)
    measure_turns(institution, rounds=ROUNDS)
    measure_engine()
    return 0


if __name__ == "__main__":
    sys.exit(main())
