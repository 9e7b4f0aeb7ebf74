"""Writing programmes: made, copied, renamed. Paths and terms have actions of their own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from learning.actions.paths import add_path, check_modules
from learning.actions.terms import TermsDraft, add_terms, draft_of
from learning.errors import ShippedIsReadOnly, TitleInUse
from learning.models import PathKind, Programme, ProgrammePath, RecertificationPolicy
from modules.models import ModulePage
from organisations.actions.checks import just_done, unique_or
from organisations.identifiers import new_public_id
from organisations.models import Organisation, User
from organisations.trail import record

Path = tuple[str, Sequence[ModulePage]]


@transaction.atomic
def create_programme(
    *,
    organisation: Organisation,
    title: str,
    reason: str,
    onboarding: Sequence[ModulePage],
    refreshers: Sequence[Sequence[ModulePage]] = (),
    terms: TermsDraft | None = None,
    by: User | None,
    at: datetime,
) -> Programme:
    """A programme of the organisation's own; nobody follows it until there is a rule.

    Without paths to refresh with, people repeat what they started with.
    """
    known = _namesake(organisation, title, "programme_created", by=by, at=at)
    if known is not None:
        return known
    paths: list[Path] = [(PathKind.ONBOARDING, onboarding)]
    paths += [(PathKind.REFRESHER, listed) for listed in refreshers or (onboarding,)]
    for _kind, listed in paths:
        check_modules(listed)
    made = _made(organisation, title, reason, paths)
    add_terms(made.policy, terms or TermsDraft(), starts_on=timezone.localdate(at), by=by, at=at)
    record("programme_created", by=by, at=at, organisation=organisation, subject=made)
    return made


@transaction.atomic
def copy_programme(
    *, programme: Programme, organisation: Organisation, title: str, by: User | None, at: datetime
) -> Programme:
    """The organisation's own copy, with the paths in use and the terms that hold or are to come.

    People and rules stay with the programme that was copied.
    """
    known = _namesake(organisation, title, "programme_copied", by=by, at=at)
    if known is not None:
        return known
    today = timezone.localdate(at)
    in_use = ProgrammePath.objects.filter(programme=programme, retired_at=None)
    paths: list[Path] = [
        (path.kind, [entry.module for entry in path.entries.all()])
        for path in in_use.order_by("kind", "number").prefetch_related("entries__module")
    ]
    made = _made(organisation, title, programme.reason, paths)
    now = draft_of(programme.policy.terms_on(today))
    add_terms(made.policy, now, starts_on=today, by=by, at=at)
    for coming in programme.policy.terms.filter(starts_on__gt=today).order_by("starts_on", "pk"):
        add_terms(made.policy, draft_of(coming), starts_on=coming.starts_on, by=by, at=at)
    record(
        "programme_copied",
        by=by,
        at=at,
        organisation=organisation,
        subject=made,
        copied=programme.public_id,
    )
    return made


@transaction.atomic
def change_programme(
    *, programme: Programme, title: str, reason: str, by: User | None, at: datetime
) -> Programme:
    """Another title, or another reason why people follow it. Certificates keep what they say."""
    if programme.organisation is None:
        raise ShippedIsReadOnly
    _lock(programme.organisation)
    changed: Programme = Programme.objects.select_related("policy", "organisation").get(
        pk=programme.pk
    )
    old = {"title": changed.title, "reason": changed.reason}
    new = {"title": title, "reason": reason}
    if old == new:
        return changed
    _check_title(programme.organisation, title, itself=changed)
    changed.title, changed.reason = title, reason
    with unique_or(TitleInUse()):
        changed.save(update_fields=["title", "reason"])
    changed.policy.name = _policy_name(title, changed.public_id)
    changed.policy.save(update_fields=["name"])
    record(
        "programme_changed",
        by=by,
        at=at,
        organisation=programme.organisation,
        subject=changed,
        old=old,
        new=new,
    )
    return changed


def _made(
    organisation: Organisation,
    title: str,
    reason: str,
    paths: Sequence[Path],
) -> Programme:
    """The programme with its paths and a policy of its own, without terms yet."""
    _check_title(organisation, title)
    public_id = new_public_id()
    policy = RecertificationPolicy.objects.create(name=_policy_name(title, public_id))
    with unique_or(TitleInUse()):
        made: Programme = Programme.objects.create(
            public_id=public_id,
            organisation=organisation,
            title=title,
            reason=reason,
            policy=policy,
        )
    for kind, listed in paths:
        add_path(made, kind, listed)
    return made


def _policy_name(title: str, public_id: str) -> str:
    """The names of policies are unique on the whole site; titles within an organisation."""
    return f"{title} · {public_id}"


def _lock(organisation: Organisation) -> None:
    """One title at a time: two that differ only in capitals would both pass the check."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _namesake(
    organisation: Organisation, title: str, action: str, *, by: User | None, at: datetime
) -> Programme | None:
    """What the same click made a moment ago. Locks the organisation's titles."""
    _lock(organisation)
    known: Programme | None = organisation.programmes.filter(title=title).first()
    if known is not None and just_done(action, known.public_id, at=at, by=by):
        return known
    return None


def _check_title(
    organisation: Organisation, title: str, *, itself: Programme | None = None
) -> None:
    """Two programmes with one title cannot be told apart in mails, so shipped ones count too."""
    others = Programme.objects.usable_at(organisation).filter(title__iexact=title)
    if itself is not None:
        others = others.exclude(pk=itself.pk)
    if others.exists():
        raise TitleInUse
