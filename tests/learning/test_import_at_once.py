"""The same file taken over at the very same moment: each row once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from learning.actions import bring_up_to_date, import_evidence
from learning.actions.evidence import Imported
from learning.models import Assignment, Completion, Cycle, EvidenceImport
from learning.rules.evidence import EvidenceRow
from tests.factories import make_team, make_worker
from tests.factories.learning import NOW, TODAY, make_assignment, make_programme, make_rule

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


def test_each_row_is_taken_over_once() -> None:
    team = make_team()
    programme = make_rule(team.organisation, make_programme()).programme
    workers = [make_worker(team) for _number in range(6)]
    for worker in workers[::2]:
        make_assignment(worker)
    rows = [
        EvidenceRow(number, worker.email, programme.title, TODAY - timedelta(days=30), "lms")
        for number, worker in enumerate(workers, start=2)
    ]
    together = Barrier(TIMES)

    def carry(_time: int) -> Imported:
        try:
            together.wait(timeout=20)
            return import_evidence(
                organisation=team.organisation,
                rows=rows,
                file_name="eerder.csv",
                sha256="0" * 64,
                by=None,
                at=NOW,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        done = list(pool.map(carry, range(TIMES)))
    assert sorted(one.taken for one in done) == [0, 0, 0, 6]
    assert Completion.objects.count() == 6
    assert Cycle.objects.count() == 6
    assert EvidenceImport.objects.count() == 1
    before = list(Cycle.objects.order_by("pk").values())
    bring_up_to_date(list(Assignment.objects.values_list("pk", flat=True)), today=TODAY)
    assert list(Cycle.objects.order_by("pk").values()) == before
