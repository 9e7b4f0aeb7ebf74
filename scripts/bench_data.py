"""More workers for the institution of the example data, by copying those it has."""

from collections import defaultdict
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import Model

from learning.models import Assignment, AssignmentEvent, Completion, Cycle, Validity
from organisations.identifiers import new_public_id
from organisations.models import Employment, Organisation, User

M = TypeVar("M", bound=Model)


def copied(row: M, **changes: Any) -> M:
    """The row once more, unsaved, with a public identifier of its own."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    if "public_id" in values:
        values["public_id"] = new_public_id()
    return type(row)(**values | changes)


@transaction.atomic
def grow(organisation: Organisation, *, workers: int) -> None:
    """Copy people with their work, assignments, cycles and completions until there are so many."""
    pattern = list(
        Employment.objects.filter(team__organisation=organisation, ends_before=None).order_by("pk")
    )
    new = range(len(pattern), workers)
    password = make_password(None)
    users = User.objects.bulk_create(
        User(
            email=f"bench{number}@bench.example",
            first_name="Bench",
            last_name=f"{number:05}",
            password=password,
        )
        for number in new
    )
    sources = [pattern[number % len(pattern)] for number in new]
    pairs = list(zip(sources, users, strict=True))
    Employment.objects.bulk_create(copied(source, user_id=user.pk) for source, user in pairs)
    twins = defaultdict(list)
    for source, user in pairs:
        twins[source.user_id].append(user.pk)
    copy_training(twins)


def copy_training(twins: dict[int, list[int]]) -> None:
    """For each worker the same history again under the numbers of the twins."""
    assignments = [
        (row, copied(row, worker_id=twin))
        for row in Assignment.objects.filter(worker__in=twins)
        for twin in twins[row.worker_id]
    ]
    Assignment.objects.bulk_create(new for _row, new in assignments)
    by_assignment = defaultdict(list)
    for old, new in assignments:
        by_assignment[old.pk].append(new)
    cycles = _copies_of(Cycle, by_assignment)
    completions = {row.cycle_id: row for row in Completion.objects.all()}
    Completion.objects.bulk_create(
        copied(
            completions[row.pk],
            worker_id=new.worker_id,
            assignment_id=new.pk,
            cycle_id=cycle.pk,
        )
        for row, new, cycle in cycles
        if row.pk in completions
    )
    _copies_of(AssignmentEvent, by_assignment)
    Validity.objects.bulk_create(
        copied(row, assignment_id=new.pk, worker_id=new.worker_id)
        for row in Validity.objects.filter(assignment__in=by_assignment)
        for new in by_assignment[row.pk]
    )


def _copies_of(
    model: type[M], by_assignment: dict[int, list[Assignment]]
) -> list[tuple[M, Assignment, M]]:
    """The rows of assignments once more under each of their twins, saved."""
    made = [
        (row, new, copied(row, assignment_id=new.pk))
        for row in model._default_manager.filter(assignment__in=by_assignment)
        for new in by_assignment[row.assignment_id]  # type: ignore[attr-defined]
    ]
    model._default_manager.bulk_create(one for _row, _new, one in made)
    return made


def analyse() -> None:
    """Let the planner know how much there is; a production database does so by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def insert_select(
    model: type[Model], source: str, facts: dict[str, Any], columns: dict[str, str]
) -> None:
    """Rows made inside the database; columns that are not named get the model's defaults."""
    values = dict(facts)
    for field in model._meta.concrete_fields:
        name = str(field.column)
        if name not in columns and not field.primary_key:
            values[name] = field.get_db_prep_save(field.get_default(), connection)
            columns[name] = f"%({name})s"
    names = ", ".join(f'"{name}"' for name in columns)
    chosen = ", ".join(columns.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {chosen} FROM {source}",  # noqa: S608 - of this module
            values,
        )
