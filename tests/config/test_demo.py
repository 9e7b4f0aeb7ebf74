"""The example data: made once, from one seed, of people at every stage."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase

from analytics.models import MonthlyCount, Study
from config.demo.accounts import ACCOUNTS
from config.demo.load import NotEmpty, load_demo
from learning.actions.daily import strays
from learning.actions.recording import made_in
from learning.models import (
    ActivityRun,
    Assignment,
    AssignmentEvent,
    Attempt,
    Certificate,
    Completion,
    Cycle,
    EvidenceImport,
    ExceptionCase,
    Mail,
    Programme,
    ProgrammePath,
    Reminder,
    Replay,
    Revocation,
    Validity,
)
from learning.rules.coverage import Group
from learning.rules.progress import progress
from learning.rules.status import Status, status_on
from learning.selectors.coverage import coverage_at_month_ends
from learning.selectors.path import learning_paths
from learning.selectors.rotation import path_for
from learning.selectors.team import team_overview
from modules.models import H5PLibrary
from modules.rules.scenario import play
from organisations.access import access_of
from organisations.models import Employment, Leave, Organisation, Team, User
from tests.factories.organisations import make_user

AT = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 31)
EIGHT = [
    "Klusjes en schuld",
    "Signalen wegen",
    "Geld en schulden",
    "Het gesprek openen",
    "Loyaliteit en LVB",
    "Opnieuw taxeren",
    "Meldcode en toestemming",
    "Samen in de keten",
]


class TestDemo(TestCase):
    @classmethod
    def setUpTestData(cls):
        assert load_demo(at=AT)
        cls.oever = Organisation.objects.order_by("pk").first()

    def test_twelve_fictional_institutions_and_one_with_three_teams(self):
        assert Organisation.objects.filter(is_fictional=True).count() == 12
        teams = Team.objects.filter(organisation=self.oever)
        assert teams.count() == 3
        assert teams.filter(parent__isnull=False).count() == 1

    def test_forty_workers_at_every_stage(self):
        workers = Employment.objects.filter(team__organisation=self.oever).values("user")
        assert workers.distinct().count() == 40
        shipped = Programme.objects.get(organisation=None)
        teams = list(Team.objects.filter(organisation=self.oever))
        overview = team_overview(teams, shipped, day=TODAY, today=TODAY, months=[])
        total = overview.total
        groups = [total.covered_beyond, total.soon, total.not_yet, total.overdue, total.on_leave]
        assert all(groups), total
        assert (sum(groups), total.unassigned) == (37, 1)  # two have left, one is exempt
        assert {row.group for row in overview.attention} == {Group.OVERDUE, Group.SOON}

    def test_people_in_every_state(self):
        found = {}
        for row in Validity.objects.filter(assignment__organisation=self.oever):
            work = Employment.objects.on(TODAY).filter(user=row.worker_id)
            away = Leave.objects.on(TODAY).filter(user=row.worker_id)
            status = status_on(row.dates, TODAY, employed=work.exists(), on_leave=away.exists())
            found.setdefault((row.programme.organisation_id is None, status), []).append(row)
        shipped = {status for is_shipped, status in found if is_shipped}
        assert shipped == set(Status)
        own = {status for is_shipped, status in found if not is_shipped}
        assert {Status.OVERDUE, Status.WINDOW_OPEN, Status.UNASSIGNED} <= own
        [in_grace] = found[False, Status.OVERDUE]
        assert in_grace.certified_through < TODAY <= in_grace.covered_through
        [exempt] = found[True, Status.UNASSIGNED]
        assert exempt.is_exempt
        assert any(row.due_on is None for row in found[False, Status.ASSIGNED])
        [extended] = AssignmentEvent.objects.filter(kind="extended")
        assert extended.assignment.validity in found[True, Status.WINDOW_OPEN]

    def test_a_queue_with_each_kind_of_case_and_one_decided(self):
        cases = ExceptionCase.objects.filter(organisation=self.oever)
        waiting = cases.filter(decided_at=None).values_list("facts__reason", flat=True)
        assert sorted(waiting) == [
            "EVIDENCE_TOO_OLD",
            "IMPORTS_CLOSE",
            "REVOKED",
            "TOO_LITTLE_TIME",
        ]
        assert [case.decision for case in cases.exclude(decided_at=None)] == ["refuse"]

    def test_certificates_of_what_was_completed_here_and_one_revoked(self):
        here = Completion.objects.filter(source="attempt")
        assert Certificate.objects.count() == here.count() > 40
        assert Revocation.objects.filter(completion__certificate__isnull=False).count() == 1
        [kept] = EvidenceImport.objects.all()
        assert (kept.rows, kept.taken) == (5, 2)

    def test_mails_to_read_and_none_left_to_send(self):
        assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
        assert Mail.objects.values("on").distinct().count() > 5
        assert Mail.objects.filter(language="en").exists()
        told = Reminder.objects.filter(outcome="mailed").values_list("rung", flat=True)
        assert {"-30", "-14", "+1", "+14", "manager", "focal_person"} <= set(told)
        for name in ["herhaling", "leidinggevende", "aandachtsfunctionaris"]:
            assert Mail.objects.filter(recipient__email=f"{name}@demo.example").exists()
        mails, reminders = Mail.objects.count(), Reminder.objects.count()
        call_command("advance_cycles", as_of=TODAY, stdout=StringIO())
        assert (Mail.objects.count(), Reminder.objects.count()) == (mails, reminders)

    def test_a_peak_five_months_ahead(self):
        here = Validity.objects.filter(
            assignment__organisation=self.oever, is_assigned=True, due_on__gt=TODAY
        )
        months = Counter((row.due_on.year, row.due_on.month) for row in here)
        assert months.most_common(1)[0][0] == (2026, 8)
        assert months[2026, 8] >= 8

    def test_maintained_dates_are_what_the_facts_say(self):
        assert list(strays(as_of=TODAY)) == []

    def test_refresher_paths_take_turns(self):
        rounds = Cycle.objects.filter(
            programme_path__kind="refresher", assignment__programme__organisation=self.oever
        )
        assert {cycle.programme_path.number for cycle in rounds} == {1}
        due = Assignment.objects.filter(
            programme__organisation=self.oever,
            completions__cycle__programme_path__kind="refresher",
        ).first()
        assert path_for(due, "refresher", TODAY).path == due.programme.paths.get(number=2).pk

    def test_a_new_worker_opens_a_path_of_eight_with_nothing_done(self):
        [path] = self._paths("nieuw")
        assert [item.position for item in path.items] == list(range(1, 9))
        assert [item.title for item in path.items] == EIGHT
        assert not any(item.attempt for item in path.items)

    def test_somebody_is_in_the_third_module(self):
        [path] = self._paths("halverwege")
        assert [item.is_done for item in path.items] == [True] * 2 + [False] * 6
        assert path.next_item.position == 3
        assert 0 < path.next_item.progress.current < path.next_item.progress.total
        assert path.completions == ()

    def test_somebody_stopped_in_the_middle_of_the_first_conversation(self):
        begun = Attempt.objects.filter(completed_at=None, module__title=EIGHT[0])
        [attempt] = begun
        [step] = [one for one in attempt.module_version.parsed.steps if one.scenario]
        run = play(step.scenario, made_in(attempt, step))
        assert run.path
        assert run.decision is not None

    def test_somebody_just_finished_all_eight(self):
        [done] = Completion.objects.filter(
            cycle__programme_path__number=2, cycle__path="onboarding"
        )
        assert done.assignment.programme.organisation is None
        assert TODAY - timedelta(days=31) < done.completed_on < TODAY
        assert done.certificate.minutes > 120
        days = Attempt.objects.filter(cycle=done.cycle).values("started_at__date").distinct()
        assert days.count() == 8

    def test_two_people_tried_a_conversation_again(self):
        replays = list(Replay.objects.select_related("attempt__module_version"))
        assert len({replay.attempt.worker_id for replay in replays}) == len(replays) == 2
        for replay in replays:
            own = replay.choices.order_by("visit", "pk").values_list("node_id", "choice_id")
            made = {}
            for node, choice in own:
                made.setdefault(node, []).append(choice)
            scenario = replay.attempt.module_version.parsed.step(replay.step_id).scenario
            assert play(scenario, made).ended
            assert replay.started_at > replay.attempt.completed_at

    def test_two_people_did_an_h5p_activity_and_it_was_scored_here(self):
        runs = ActivityRun.objects.order_by("attempt", "number").select_related("attempt__worker")
        known = [run for run in runs if run.attempt.worker.email == "halverwege@demo.example"]
        assert [run.number for run in known] == [1, 2]
        assert known[0].scaled < known[1].scaled
        assert len(runs) == 3
        assert {run.trust for run in runs} == {"verified"}
        assert all(run.started_at < run.ended_at < AT for run in runs)
        [open_one] = {run.attempt for run in known}
        content = open_one.module_version.parsed
        slots = set(open_one.events.values_list("slot", flat=True))
        assert content.steps[progress(content, slots).current].kind == "h5p"

    def test_a_newer_library_waits_for_whoever_approves_them(self):
        [waiting] = H5PLibrary.objects.waiting()
        [own] = H5PLibrary.objects.approved()
        assert (waiting.machine_name, waiting.patch) == (own.machine_name, own.patch + 1)
        changed = {path for path, file in waiting.files.items() if own.files[path] != file}
        assert changed == {"library.json", "css/gesprek.css"}
        [version] = waiting.versions.all()
        assert version.package.current_version is None
        approver = User.objects.get(email="bibliotheek@demo.example")
        assert access_of(approver, TODAY).decides_libraries

    def test_who_began_before_the_path_grew_follows_the_old_one(self):
        old, new = Programme.objects.get(organisation=None).paths.filter(kind="onboarding")
        assert [old.entries.count(), new.entries.count(), new.retired_at] == [1, 8, None]
        for path, began in [(old, "lt"), (new, "gte")]:
            attempts = Attempt.objects.filter(cycle__programme_path=path)
            same = attempts.filter(**{f"started_at__{began}": old.retired_at})
            assert attempts.count() == same.count() > 0

    def test_loading_the_curriculum_again_leaves_the_paths(self):
        before = list(ProgrammePath.objects.order_by("pk").values())
        call_command("load_curriculum", stdout=StringIO())
        assert list(ProgrammePath.objects.order_by("pk").values()) == before

    def _paths(self, name):
        user = User.objects.get(email=f"{name}@demo.example")
        paths = learning_paths(access_of(user, TODAY), TODAY)
        return [path for path in paths if path.assignment.programme.organisation is None]

    def test_nothing_lies_in_the_future(self):
        assert not Completion.objects.filter(completed_on__gt=TODAY).exists()
        assert not Attempt.objects.filter(started_at__gt=AT.replace(hour=23)).exists()
        assert not MonthlyCount.objects.filter(month__gte=TODAY.replace(day=1)).exists()

    def test_thirty_six_months_of_counts_with_gaps_and_corrections(self):
        months = MonthlyCount.objects.values("organisation", "month").distinct().count()
        assert 12 * 36 * 0.85 < months < 12 * 36
        assert MonthlyCount.objects.filter(supersedes__isnull=False).exists()

    def test_the_rollout_is_staggered(self):
        begun = date(2024, 9, 1)
        shares = coverage_at_month_ends(
            organisations=Organisation.objects.values_list("pk", flat=True),
            months=[begun],
            today=TODAY,
        )
        values = [found.share for found in shares.values()]
        assert min(values) == 0
        assert max(values) > 0.3

    def test_a_second_time_changes_nothing(self):
        before = User.objects.count(), MonthlyCount.objects.count(), Study.objects.count()
        assert not load_demo(at=AT)
        assert (User.objects.count(), MonthlyCount.objects.count(), Study.objects.count()) == before

    def test_every_account_signs_in_with_the_printed_password(self):
        out = StringIO()
        call_command("demo_accounts", "--json", stdout=out)
        listed = json.loads(out.getvalue())
        assert [set(one) for one in listed] == [{"email", "password", "role", "name"}] * 10
        for one in listed:
            user = User.objects.get(email=one["email"])
            assert user.check_password(one["password"])
            assert user.get_full_name() == one["name"]

    def test_nobody_else_can_sign_in(self):
        known = {one.email for one in ACCOUNTS}
        others = User.objects.exclude(email__in=known)
        assert not any(user.has_usable_password() for user in others)


def test_the_same_seed_makes_the_same_people_and_numbers(db):
    def made():
        point = transaction.savepoint()
        load_demo(at=AT)
        counts = MonthlyCount.objects.order_by("month", "organisation__name", "indicator", "value")
        numbers = list(counts.values_list("month", "organisation__name", "indicator", "value"))
        transaction.savepoint_rollback(point)
        return numbers

    assert made() == made()


def test_accounts_are_refused_on_any_other_site(db):
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo_accounts", "--json")


def test_example_data_never_mixes_with_people(db):
    make_user()
    with pytest.raises(NotEmpty):
        load_demo(at=AT)
