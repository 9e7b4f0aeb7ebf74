"""What a turn of a conversation costs while 32 people play at once, and whether anything is lost.

A turn is a choice posted, its event stored and the next lines made: one request, as the page's
script sends it. Beside it the bare view, asked by as many at once. Nobody stops to think, so the
milliseconds are mostly waiting for the one web process; ratios say more.
"""

import http.client
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Barrier, Thread
from urllib.parse import urlencode
from zlib import crc32

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.models import Attempt, Cycle, LearningEvent
from learning.rules.progress import step_slot
from learning.sealed import seal
from modules.models import ModuleVersion
from modules.rules.content import Step
from modules.rules.scenario import play
from organisations.models import Organisation, User
from scripts.bench_server import Server, served

LEARNERS = 32
TOKEN = "b" * 32  # as cookie and in the form; the site only compares the two
AGAIN_EVERY = 10  # turns: the same form once more, as after a lost answer
BY_SCRIPT = {
    "X-Requested-With": "fetch",
    "Content-Type": "application/x-www-form-urlencoded",
}


@dataclass
class Talk:
    """One conversation of one learner, and what was answered in it."""

    attempt: Attempt
    step: Step
    address: str
    answered: list[tuple[str, int, str]] = field(default_factory=list)

    def forms(self) -> Iterator[dict[str, object]]:
        """A form for each decision, on a road that differs between learners."""
        made: dict[str, list[str]] = {}
        while self.step.scenario is not None:
            run = play(self.step.scenario, made)
            if run.decision is None:
                return
            node, visit = run.decision.id, run.visit
            place = (self.attempt.public_id, self.step.id, node, visit)
            choice = run.offered[crc32(repr(place).encode()) % len(run.offered)].id
            form = {"action": "choose", "node": node, "visit": visit, "choice": choice}
            sealed = seal(*place, at=timezone.now())
            yield form | {"sealed": sealed, "csrfmiddlewaretoken": TOKEN}
            made.setdefault(node, []).append(choice)
            self.answered.append((node, visit, choice))

    def check(self) -> None:
        """Every choice that was answered is there, once, in order, with its time."""
        events = LearningEvent.objects.filter(attempt=self.attempt, kind="choice")
        rows = list(events.order_by("at", "pk").values_list("part_id", "visit", "choice_id"))
        if rows != self.answered or events.filter(seconds=None).exists():
            sys.exit(f"bench: sent {self.answered} and found {rows}")


@dataclass
class Learner:
    user: User
    cookie: str
    talks: list[Talk]
    turns: list[float] = field(default_factory=list)  # milliseconds
    floor: list[float] = field(default_factory=list)
    again: int = 0


@dataclass
class Round:
    """What one round took, per request: all milliseconds, and CPU-ms of the web process."""

    milliseconds: list[float]
    cpu: float

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return sorted(self.milliseconds)[int(len(self.milliseconds) * 0.95)]


def measure_turns(institution: Organisation, *, rounds: int) -> None:
    """Print what turns cost. Stops the bench when an event is missing, doubled or another."""
    cycles = list(
        Cycle.objects.filter(closed_on=None, assignment__organisation=institution)
        .select_related("assignment__worker")
        .order_by("pk")
    )
    versions = with_talk()
    queries = queries_of_a_turn(learner(cycles.pop(), versions[:1]))
    turns, floors = [], []
    with served(OPMERKZAAM_BENCH_FLOOR="1") as bare, served() as site:
        for _round in range(rounds):
            people = [learner(cycles.pop(), versions) for _seat in range(LEARNERS)]
            cpu = cpu_of(site, people, play_all)
            played = [ms for person in people for ms in person.turns]
            sent = len(played) + sum(person.again for person in people)
            turns.append(Round(played, cpu / sent))
            cpu = cpu_of(bare, people, ask_floor)
            asked = [ms for person in people for ms in person.floor]
            floors.append(Round(asked, cpu / len(asked)))
            for person in people:
                for talk in person.talks:
                    talk.check()
    tell(turns, floors, queries)


def with_talk() -> list[ModuleVersion]:
    """The current version of each module with a conversation."""
    versions = ModuleVersion.objects.filter(module__live=True).order_by("module", "number")
    latest = {version.module_id: version for version in versions}
    return [one for one in latest.values() if any(step.scenario for step in one.parsed.steps)]


def learner(cycle: Cycle, versions: list[ModuleVersion]) -> Learner:
    """Somebody who has come to the conversation in each of the modules."""
    client = Client()
    client.force_login(cycle.assignment.worker)
    session = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    talks = [talk_in(cycle, version) for version in versions]
    return Learner(cycle.assignment.worker, f"{session}; csrftoken={TOKEN}", talks)


def talk_in(cycle: Cycle, version: ModuleVersion) -> Talk:
    now = timezone.now()
    attempt = Attempt.objects.create(
        worker=cycle.assignment.worker,
        cycle=cycle,
        module_id=version.module_id,
        module_version=version,
        started_at=now,
    )
    steps = version.parsed.steps
    place = next(place for place, step in enumerate(steps) if step.scenario)
    LearningEvent.objects.bulk_create(
        LearningEvent(
            attempt=attempt,
            module_version=version,
            slot=step_slot(step.id),
            kind=LearningEvent.Kind.STEP_DONE,
            step_id=step.id,
            at=now,
        )
        for step in steps[:place]
    )
    return Talk(attempt, steps[place], f"/leren/{attempt.public_id}/stap/{place + 1}/")


def queries_of_a_turn(one: Learner) -> int:
    """Of the second choice, with everything warm."""
    client, talk = Client(), one.talks[0]
    client.force_login(one.user)
    for form in talk.forms():
        with CaptureQueriesContext(connection) as captured:
            client.post(talk.address, form, headers={"X-Requested-With": "fetch"})
        if talk.answered:
            break
    return len(captured)


def cpu_of(server: Server, people: list[Learner], work: Callable[..., None]) -> float:
    """CPU-ms that the web process used while everybody did this, beginning at the same moment."""
    start, failed = Barrier(len(people)), []

    def one(person: Learner) -> None:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        start.wait()
        try:
            work(person, line)
        except (OSError, http.client.HTTPException) as error:
            failed.append(error)
        line.close()

    before = server.cpu_ms()
    threads = [Thread(target=one, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        sys.exit(f"bench: {len(failed)} learners could not go on: {failed[0]!r}")
    return server.cpu_ms() - before


def play_all(person: Learner, line: http.client.HTTPConnection) -> None:
    for talk in person.talks:
        for form in talk.forms():
            person.turns.append(timed(line, "POST", talk.address, person, urlencode(form)))
            if len(person.turns) % AGAIN_EVERY == 0:
                timed(line, "POST", talk.address, person, urlencode(form))
                person.again += 1


def ask_floor(person: Learner, line: http.client.HTTPConnection) -> None:
    """As often as there were turns."""
    for _turn in person.turns:
        person.floor.append(timed(line, "GET", "/bench/floor/", person))


def timed(
    line: http.client.HTTPConnection, method: str, path: str, person: Learner, body: str = ""
) -> float:
    start = time.perf_counter()
    line.request(method, path, body or None, BY_SCRIPT | {"Cookie": person.cookie})
    response = line.getresponse()
    response.read()
    if response.status != 200:
        raise http.client.HTTPException(f"{path} answers {response.status}")
    return (time.perf_counter() - start) * 1000


def tell(turns: list[Round], floors: list[Round], queries: int) -> None:
    print(
        f"\n{LEARNERS} learners at once  queries   median ms   p95 ms   CPU-ms   x bare: p95   CPU"
    )
    rows = [("bare view", floors, "3"), ("turn", turns, str(queries))]
    for name, rounds, asked in rows:
        pairs = list(zip(rounds, floors, strict=True))
        print(
            f"{name:<20}{asked:>7}"
            f"{statistics.median(one.median for one in rounds):>12.1f}"
            f"{statistics.median(one.p95 for one in rounds):>9.1f}"
            f"{statistics.median(one.cpu for one in rounds):>9.1f}"
            f"{statistics.median(one.p95 / floor.p95 for one, floor in pairs):>13.2f}x"
            f"{statistics.median(one.cpu / floor.cpu for one, floor in pairs):>6.2f}x"
        )
    number = sum(len(one.milliseconds) for one in turns)
    print(f"{number:,} turns, each choice there exactly once with its time: nothing lost")
