"""Making the mails of a day: at most one a person, with everything that is for that person.

Everybody's rows and mail are written in one transaction. What was broken off is done again by
running again, and running once more makes nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from learning.models import Mail, Reminder, Validity
from learning.presenters.mails import other_line, own_line, words_for
from learning.rules.coverage import SOON
from learning.rules.ladder import Ladder, Reached, newly_reached
from learning.selectors.escalation import Told, told_on
from learning.selectors.facts import Period as Days
from learning.selectors.facts import any_covers, periods_of
from learning.selectors.reminders import (
    Period,
    as_periods,
    begun_in,
    ladders_on,
    names_of,
    open_periods,
    recipients_on,
    since_of,
    up_to_date,
    with_new_rung,
)
from organisations.models import Employment, Leave, User

AT_A_TIME = 500  # people


@dataclass(frozen=True)
class Reminding:
    """What one run made."""

    mails: int = 0
    reminders: int = 0


@dataclass
class Digest:
    """Everything for one person on one day."""

    own: list[tuple[Period, Reached]] = field(default_factory=list)
    also: list[Period] = field(default_factory=list)  # open as well, without a rung today
    others: list[Told] = field(default_factory=list)


@dataclass(frozen=True)
class Facts:
    """What the mails of a chunk of people need besides their digests."""

    begun: Mapping[int, str]  # assignment to attempt
    names: Mapping[int, str]
    employed: Mapping[int, list[Days]]
    leaves: Mapping[int, list[Days]]

    def was_away(self, person: int, day: date) -> bool:
        at_work = any_covers(self.employed.get(person, ()), day)
        return not at_work or any_covers(self.leaves.get(person, ()), day)


def remind(*, as_of: date, at: datetime) -> Reminding:
    """Queue the mails of the day for the whole site; `send_mails` sends them.

    Needs periods and validity that are up to date. About twenty queries for every five hundred
    people who may get a mail; people without anything new are not read.
    """
    ladders = ladders_on(as_of)
    people = recipients_on(as_of, ladders)
    mails = reminders = 0
    for start in range(0, len(people), AT_A_TIME):
        made = _remind_some(people[start : start + AT_A_TIME].tolist(), ladders, as_of)
        mails, reminders = mails + made.mails, reminders + made.reminders
    return Reminding(mails, reminders)


@transaction.atomic
def _remind_some(people: list[int], ladders: Mapping[int, Ladder], day: date) -> Reminding:
    behind = Validity.objects.filter(worker__in=people, next_change_on__lte=day)
    waits = set(behind.order_by().values_list("worker_id", flat=True))  # for who moves them on
    recipients = lock_without_mail([pk for pk in people if pk not in waits], day)
    digests: defaultdict[int, Digest] = defaultdict(Digest)
    for period, reached in _own(recipients, ladders, day):
        digests[period.worker].own.append((period, reached))
    for recipient, told in told_on(day, list(recipients), ladders).items():
        digests[recipient].others = told
    _add_what_is_open_too(digests, day)
    return _write(recipients, digests, day)


def lock_without_mail(people: Collection[int], day: date) -> dict[int, User]:
    """Those who have no mail of the day yet; nobody else makes one until we are done."""
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=people, is_active=True)
    found = {person.pk: person for person in locked.order_by("pk")}
    done = Mail.objects.filter(recipient__in=list(found), on=day)
    for recipient in done.order_by().values_list("recipient_id", flat=True):
        del found[recipient]
    return found


def _own(
    recipients: Mapping[int, User], ladders: Mapping[int, Ladder], day: date
) -> Iterable[tuple[Period, Reached]]:
    mine = open_periods(day).filter(assignment__worker__in=list(recipients))
    periods = as_periods(with_new_rung(up_to_date(mine, day), ladders, day))
    since = since_of(periods)
    done: defaultdict[tuple[int, date], set[str]] = defaultdict(set)
    rows = Reminder.objects.filter(
        assignment__in=[period.assignment for period in periods], recipient__in=list(recipients)
    )
    for assignment, due_on, rung in rows.values_list("assignment_id", "due_on", "rung"):
        done[assignment, due_on].add(rung)
    for period in periods:
        reached = newly_reached(
            ladders[period.programme],
            due_on=period.due_on,
            day=day,
            since=since[period.cycle],
            done=done[period.assignment, period.due_on],
        )
        if reached is not None:
            yield period, reached


def _add_what_is_open_too(digests: Mapping[int, Digest], day: date) -> None:
    """Who gets a mail reads in it everything that they must do within 60 days. One query."""
    near = open_periods(day).filter(
        assignment__worker__in=list(digests), assignment__validity__due_on__lte=day + SOON
    )
    new = {period.cycle for digest in digests.values() for period, _reached in digest.own}
    for period in as_periods(up_to_date(near, day)) if digests else []:
        if period.cycle not in new:
            digests[period.worker].also.append(period)


def _write(recipients: Mapping[int, User], digests: Mapping[int, Digest], day: date) -> Reminding:
    facts = _facts_for(digests)
    ordered = sorted(digests)
    mails = Mail.objects.bulk_create(
        [_mail(recipients[pk], digests[pk], facts, day) for pk in ordered], batch_size=200
    )
    reminders = [
        row for mail in mails for row in _reminders(digests[mail.recipient_id], mail, facts, day)
    ]
    Reminder.objects.bulk_create(reminders, batch_size=1000)
    return Reminding(len(mails), len(reminders))


def _facts_for(digests: Mapping[int, Digest]) -> Facts:
    own = [period for digest in digests.values() for period, _reached in digest.own]
    also = [period for digest in digests.values() for period in digest.also]
    workers = {period.worker for period in own}
    others = {told.period.worker for digest in digests.values() for told in digest.others}
    return Facts(
        begun=begun_in(own + also),
        names=names_of(others),
        employed=periods_of(Employment, workers),
        leaves=periods_of(Leave, workers),
    )


def _mail(recipient: User, digest: Digest, facts: Facts, day: date) -> Mail:
    begun = facts.begun
    own = [own_line(one, day, begun.get(one.assignment)) for one, _reached in digest.own]
    also = [own_line(one, day, begun.get(one.assignment), is_new=False) for one in digest.also]
    words = words_for(
        recipient,
        own=sorted(own + also, key=lambda line: line.due_on),
        others=[
            other_line(told.period, facts.names[told.period.worker], day)
            for told in _one_each(digest.others)
        ],
    )
    return Mail(
        recipient=recipient,
        on=day,
        language=recipient.language,
        subject=words.subject,
        text=words.text,
        html=words.html,
    )


def _one_each(told: Sequence[Told]) -> list[Told]:
    """Who is manager and focal person of somebody reads it once."""
    return list({one.period.cycle: one for one in told}.values())


def _reminders(digest: Digest, mail: Mail, facts: Facts, day: date) -> Iterable[Reminder]:
    for period, reached in digest.own:
        for rung in reached.superseded:
            away = facts.was_away(period.worker, rung.on)
            outcome = Reminder.Outcome.PAUSED if away else Reminder.Outcome.SUPERSEDED
            yield reminder(period, rung.name, rung.on, mail=mail, on=day, outcome=outcome)
        yield reminder(period, reached.rung.name, reached.rung.on, mail=mail, on=day)
    for told in digest.others:
        yield reminder(told.period, told.rung.name, told.rung.on, mail=mail, on=day)


def reminder(
    period: Period,
    rung: str,
    scheduled_on: date,
    *,
    mail: Mail,
    on: date,
    outcome: str = Reminder.Outcome.MAILED,
) -> Reminder:
    """The row of one rung for the recipient of a mail; not saved."""
    return Reminder(
        cycle_id=period.cycle,
        assignment_id=period.assignment,
        recipient_id=mail.recipient_id,
        rung=rung,
        due_on=period.due_on,
        scheduled_on=scheduled_on,
        outcome=outcome,
        mail=mail if outcome == Reminder.Outcome.MAILED else None,
        on=on,
    )
