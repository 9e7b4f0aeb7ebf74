"""Setting up organisations."""

from datetime import date, datetime

from django.db import transaction

from organisations.actions.checks import check_days, iso, just_done, unique_or
from organisations.errors import NameInUse
from organisations.models import Organisation, User
from organisations.trail import record


@transaction.atomic
def create_organisation(
    *,
    name: str,
    works_council_agreed_on: date | None = None,
    retention_months: int = 24,
    is_fictional: bool = False,
    by: User | None,
    at: datetime,
) -> Organisation:
    """Add an organisation. Refuses a name that exists, whatever its capitals."""
    check_days(works_council_agreed_on, at=at)
    namesake = Organisation.objects.filter(name__iexact=name).first()
    if namesake is not None:
        if just_done("organisation_created", namesake.public_id, at=at, by=by):
            return namesake
        raise NameInUse
    with unique_or(NameInUse()):
        organisation = Organisation.objects.create(
            name=name,
            works_council_agreed_on=works_council_agreed_on,
            retention_months=retention_months,
            is_fictional=is_fictional,
            created_at=at,
        )
    record(
        "organisation_created",
        by=by,
        at=at,
        organisation=organisation,
        subject=organisation,
        works_council_agreed_on=iso(works_council_agreed_on),
        retention_months=retention_months,
    )
    return organisation


@transaction.atomic
def change_organisation(
    *,
    organisation: Organisation,
    name: str,
    works_council_agreed_on: date | None,
    retention_months: int,
    by: User | None,
    at: datetime,
) -> Organisation:
    """Change its name, the works council's date or the retention; the trail keeps old and new."""
    check_days(works_council_agreed_on, at=at)
    changed = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Organisation.objects.filter(name__iexact=name).exclude(pk=changed.pk).exists():
        raise NameInUse
    new: dict[str, object] = {
        "name": name,
        "works_council_agreed_on": works_council_agreed_on,
        "retention_months": retention_months,
    }
    old = {field: getattr(changed, field) for field in new}
    if old == new:
        return changed
    for field, value in new.items():
        setattr(changed, field, value)
    with unique_or(NameInUse()):
        changed.save(update_fields=list(new))
    record(
        "organisation_changed",
        by=by,
        at=at,
        organisation=changed,
        subject=changed,
        old=_as_json(old),
        new=_as_json(new),
    )
    return changed


def _as_json(values: dict[str, object]) -> dict[str, object]:
    return {
        field: iso(value) if isinstance(value, date) else value for field, value in values.items()
    }
