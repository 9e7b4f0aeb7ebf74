"""Writes what was kept in fields as dated facts, and back.

Validity is made anew by the next `advance_cycles`; until then it holds what the last completion
says.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db import migrations

from organisations.identifiers import new_code

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SINCE_EVER = date(2000, 1, 1)
LADDER = [-30, -14, -3, 1, 14]


def local_day(moment):
    return moment.astimezone(AMSTERDAM).date() if moment else None


def start_of(day):
    return datetime.combine(day, time(0), tzinfo=AMSTERDAM).astimezone(UTC)


def write_facts(apps, schema_editor):
    model = {name: apps.get_model("learning", name) for name in NAMES}
    _terms(model)
    _paths(model)
    for rule in model["AssignmentRule"].objects.all():
        rule.counts_from = rule.starts_on
        rule.made_at = start_of(rule.starts_on)
        rule.save()
    for assignment in model["Assignment"].objects.select_related("rule", "worker", "programme"):
        _events(model, assignment)
        _completions(model, assignment)
        _cycles(model, assignment)
        _validity(model, assignment)


NAMES = [
    "Assignment",
    "AssignmentEvent",
    "AssignmentRule",
    "Certificate",
    "Completion",
    "Cycle",
    "PolicyTerms",
    "Programme",
    "ProgrammeModule",
    "ProgrammePath",
    "RecertificationPolicy",
    "Validity",
]


def _terms(model):
    for policy in model["RecertificationPolicy"].objects.all():
        model["PolicyTerms"].objects.create(
            policy=policy,
            starts_on=SINCE_EVER,
            active_months=policy.active_months,
            window_months=policy.window_months,
            ladder=LADDER,
            made_at=start_of(SINCE_EVER),
        )


def _paths(model):
    for entry in model["ProgrammeModule"].objects.order_by("pk"):
        path, _made = model["ProgrammePath"].objects.get_or_create(
            programme_id=entry.programme_id, kind=entry.path, number=1
        )
        entry.new_path = path
        entry.save()


def _events(model, assignment):
    due = assignment.first_due_on
    rule = assignment.rule
    model["AssignmentEvent"].objects.create(
        assignment=assignment,
        kind="assigned",
        on=assignment.assigned_on,
        day=due,
        reason="rule",
        rule=rule,
        matched=[{"rule": rule.public_id, "due": due.isoformat()}] if rule else [],
        counted_from=assignment.counted_from,
        waived=True,
        at=assignment.assigned_at,
    )


def _completions(model, assignment):
    for completion in model["Completion"].objects.filter(assignment=assignment):
        versions = completion.cycle.attempts.values_list("module_version__content", flat=True)
        completion.covered_through = completion.valid_through
        completion.recorded_at = completion.completed_at
        completion.recorded_on = local_day(completion.completed_at)
        completion.minutes = sum(content.get("minutes", 0) for content in versions)
        completion.save()
        if completion.source == "attempt":
            _certificate(model, assignment, completion)


def _certificate(model, assignment, completion):
    worker = assignment.worker
    model["Certificate"].objects.create(
        completion=completion,
        code=new_code(),
        name=f"{worker.first_name} {worker.last_name}".strip(),
        programme=assignment.programme.title,
        completed_on=completion.completed_on,
        valid_through=completion.valid_through,
        minutes=completion.minutes,
        given_at=completion.completed_at,
    )


def _cycles(model, assignment):
    """Periods that ended in a lapse get the row that the ledger gives them."""
    lines, previous = [], None
    for cycle in model["Cycle"].objects.filter(assignment=assignment).order_by("number"):
        completion = model["Completion"].objects.filter(cycle=cycle).first()
        lapsed = previous and completion and completion.completed_on > previous.valid_through
        if lapsed:
            lines.append(_lapsed(model, assignment, cycle, previous))
        _close(cycle, completion)
        lines.append(cycle)
        previous = completion or previous
    for number, cycle in reversed(list(enumerate(lines, start=1))):
        cycle.number = number
        cycle.save()


def _close(cycle, completion):
    cycle.opened_on = local_day(cycle.opened_at)
    cycle.closed_on = local_day(cycle.closed_at)
    if completion is not None:
        in_time = cycle.due_on is None or completion.completed_on <= cycle.due_on
        cycle.closed_as = "on_time" if in_time else "late"
    elif cycle.closed_on is not None:
        cycle.closed_as = "lapsed"


def _lapsed(model, assignment, after, previous):
    ended = previous.valid_through
    opened = after.window_opens_on or ended
    over = date.fromordinal(ended.toordinal() + 1)
    return model["Cycle"](
        assignment=assignment,
        path="refresher",
        opened_on=opened,
        opened_at=start_of(opened),
        window_opens_on=after.window_opens_on,
        due_on=ended,
        closed_on=over,
        closed_at=start_of(over),
        closed_as="lapsed",
    )


def _validity(model, assignment):
    done = model["Completion"].objects.filter(assignment=assignment)
    last = done.order_by("valid_through").last()
    model["Validity"].objects.create(
        assignment=assignment,
        worker_id=assignment.worker_id,
        programme_id=assignment.programme_id,
        is_assigned=True,
        certified_through=last.valid_through if last else None,
        covered_through=last.valid_through if last else None,
        due_on=last.valid_through if last else assignment.first_due_on,
        next_change_on=SINCE_EVER,
    )


def write_fields(apps, schema_editor):
    """The other way: the first fact of each assignment, the first terms, paths as one list."""
    model = {name: apps.get_model("learning", name) for name in NAMES}
    for policy in model["RecertificationPolicy"].objects.all():
        terms = model["PolicyTerms"].objects.filter(policy=policy.pk).order_by("starts_on", "pk")
        policy.active_months = terms[0].active_months
        policy.window_months = terms[0].window_months
        policy.save()
    for entry in model["ProgrammeModule"].objects.select_related("new_path"):
        entry.programme_id = entry.new_path.programme_id
        entry.path = entry.new_path.kind
        entry.save()
    for assignment in model["Assignment"].objects.all():
        first = model["AssignmentEvent"].objects.filter(assignment=assignment.pk).order_by("pk")[0]
        assignment.assigned_on = first.on
        assignment.first_due_on = first.day or first.on
        assignment.counted_from = first.counted_from or first.on
        assignment.assigned_at = first.at
        assignment.rule_id = first.rule_id
        assignment.save()
    for cycle in model["Cycle"].objects.all():
        cycle.opened_at = start_of(cycle.opened_on)
        cycle.closed_at = start_of(cycle.closed_on) if cycle.closed_on else None
        cycle.due_on = cycle.due_on or cycle.opened_on
        cycle.save()
    for completion in model["Completion"].objects.all():
        completion.completed_at = completion.recorded_at
        completion.window_months = 1
        completion.save()
    for name in ["AssignmentEvent", "Certificate", "Validity", "PolicyTerms"]:
        model[name].objects.all().delete()
    model["ProgrammeModule"].objects.update(new_path=None)
    model["ProgrammePath"].objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("learning", "0002_ledger_tables")]
    operations = [migrations.RunPython(write_facts, write_fields)]
