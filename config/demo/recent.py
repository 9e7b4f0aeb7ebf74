"""What the training coordinator of the demo did lately, and what the queue shows for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from config.demo.diary import Diary
from config.demo.own import ask_by_team
from config.demo.training import Walker
from learning.actions.certificates import revoke
from learning.actions.decisions import exempt, extend
from learning.actions.evidence import import_evidence
from learning.actions.exceptions import decide_evidence
from learning.actions.work import refresh_person
from learning.models import Assignment, AssignmentEvent, Completion, ExceptionCase, Programme
from learning.rules import evidence
from organisations.actions.work import move_to_team
from organisations.models import Employment, Team, User

CAMPAIGN = 70  # days ago
CAMPAIGN_DUE = 9  # days from today: too near for who comes now
STILL_TO_DO = 1  # of the night team's well-trained people


@dataclass(frozen=True)
class Institution:
    """What the scenes are about."""

    today: date
    programme: Programme
    own: Programme
    nights: Team
    els: Team
    by: User  # the training coordinator
    people: Mapping[str, list[User]]  # by stage


class Recent:
    """Writes the coordinator's doings into the diary."""

    def __init__(self, institution: Institution, *, diary: Diary, walker: Walker) -> None:
        self.here = institution
        self.diary = diary
        self.walker = walker

    def write(self) -> None:
        here = self.here
        for days_ago, scene in [
            (CAMPAIGN, self._campaign),
            (30, self._excuse),
            (20, self._move),
            (10, self._give_more_time),
            (8, self._take_back),
            (6, self._take_over),
            (2, self._refuse_evidence),
        ]:
            self.diary.on(here.today - timedelta(days=days_ago), scene)

    def _held(self, user: User, programme: Programme | None = None) -> Assignment:
        held: Assignment = Assignment.objects.get(
            worker=user, programme=programme or self.here.programme
        )
        return held

    def _campaign(self, at: datetime) -> None:
        """The night team is asked the institution's own programme; most have done it since."""
        here = self.here
        due_on = here.today + timedelta(days=CAMPAIGN_DUE)
        ask_by_team(here.own, team=here.nights.pk, due_on=due_on, by=here.by, at=at)
        asked = [
            user
            for stage in ("covered", "cohort", "soon")
            for user in here.people[stage]
            if Assignment.objects.filter(worker=user, programme=here.own).exists()
        ]
        for number, user in enumerate(asked[:-STILL_TO_DO]):
            day = here.today - timedelta(days=CAMPAIGN - 8 - 6 * number)
            self.diary.on(
                day,
                lambda at, user=user: self.walker.whole(  # type: ignore[misc]
                    self._held(user, here.own), at.date(), skill=0.6
                ),
            )

    def _excuse(self, at: datetime) -> None:
        exempt(
            assignment=self._held(self.here.people["exempt"][0]),
            reason=AssignmentEvent.Reason.EXEMPT_NO_CLIENTS,
            until=None,
            by=self.here.by,
            at=at,
        )

    def _move(self, at: datetime) -> None:
        """Out of the night team, so that its own programme is no longer asked."""
        [mover] = self.here.people["moved"]
        work = Employment.objects.get(user=mover)
        move_to_team(employment=work, team=self.here.els, on=at.date(), by=self.here.by, at=at)
        refresh_person(user=mover, by=self.here.by, at=at)

    def _give_more_time(self, at: datetime) -> None:
        """Asked shortly before the due date, while it is still to come."""
        extend(
            assignment=self._held(self.here.people["extended"][0]),
            to=self.here.today + timedelta(days=40),
            reason=AssignmentEvent.Reason.EXTENDED_ILLNESS,
            by=self.here.by,
            at=at,
        )

    def _take_back(self, at: datetime) -> None:
        """Certificates may be revoked; then nobody knows by when it must be done again."""
        completion = Completion.objects.filter(worker=self.here.people["revoked"][0]).latest("pk")
        revoke(completion=completion, reason="mistake", by=self.here.by, at=at)

    def _take_over(self, at: datetime) -> None:
        """One file: taken, too close together, history (before the window), and twice too old."""
        people = self.here.people
        [elsewhere], cohort, starters = people["elsewhere"], people["cohort"], people["new"]
        rows = [
            (elsewhere, 75, "certificaat"),
            (elsewhere, 68, "presentielijst"),
            (cohort[-1], 100, "presentielijst"),
            (starters[1], 300, "certificaat"),
            (starters[2], 410, "lms"),
        ]
        lines = ["e-mailadres;leerlijn;afgerond op;bewijs"]
        for user, days_ago, kind in rows:
            day = self.here.today - timedelta(days=days_ago)
            lines.append(f"{user.email};{self.here.programme.title};{day};{kind}")
        content = "\r\n".join(lines).encode()
        import_evidence(
            organisation=self.here.nights.organisation,
            rows=evidence.read(content, most_rows=100).rows,
            file_name="eerder-afgerond.csv",
            sha256=sha256(content).hexdigest(),
            by=self.here.by,
            at=at,
        )

    def _refuse_evidence(self, at: datetime) -> None:
        case = ExceptionCase.objects.get(
            kind=ExceptionCase.Kind.EVIDENCE_TOO_OLD,
            assignment__worker=self.here.people["new"][2],
        )
        decide_evidence(case=case, accept=False, by=self.here.by, at=at)
