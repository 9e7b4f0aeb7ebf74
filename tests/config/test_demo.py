"""The example data: made once, from one seed, of people at every stage."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase

from analytics.models import MonthlyCount, Study
from config.demo.accounts import ACCOUNTS
from config.demo.load import NotEmpty, load_demo
from learning.models import Attempt, Completion
from learning.rules.coverage import Group
from learning.selectors.coverage import coverage_at_month_ends
from learning.selectors.team import team_overview
from organisations.access import access_of
from organisations.models import Employment, Organisation, Team, User
from tests.factories.organisations import make_user

AT = datetime(2026, 3, 31, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 31)


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
        coordinator = User.objects.get(email="opleidingen@demo.example")
        overview = team_overview(access_of(coordinator, TODAY), day=TODAY, months=[])
        total = overview.total
        groups = [total.covered_beyond, total.soon, total.not_yet, total.overdue, total.on_leave]
        assert all(groups), total
        assert sum(groups) == 38  # two have left
        assert {row.group for row in overview.attention} == {Group.OVERDUE, Group.SOON}

    def test_somebody_is_halfway(self):
        assert Attempt.objects.filter(completed_at__isnull=True, events__isnull=False).exists()

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
        assert [set(one) for one in listed] == [{"email", "password", "role", "name"}] * 8
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
