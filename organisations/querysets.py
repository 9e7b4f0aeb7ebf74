"""Reads of one model. Every list that a person sees starts with `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

if TYPE_CHECKING:
    from organisations.access import Access
    from organisations.models import (  # noqa: F401  # in the bases below
        Contact,
        Employment,
        Leave,
        Organisation,
        RoleGrant,
        Team,
        User,
    )


def in_period(day: date, prefix: str = "") -> Q:
    """Rows whose half-open period [starts_on, ends_before) holds the day."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_before__isnull": True}) | Q(**{f"{prefix}ends_before__gt": day})
    )


def not_ended(day: date, prefix: str = "") -> Q:
    """Rows in force on the day or later; those that were withdrawn count as ended."""
    end, start = f"{prefix}ends_before", f"{prefix}starts_on"
    goes_on = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day})
    return goes_on & was_in_force(start=start, end=end)


def was_in_force(*, start: str = "starts_on", end: str = "ends_before") -> Q:
    """Rows that hold on some day: not ended on their first."""
    return Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": F(start)})


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, access: Access) -> Self:
        """Organisations that the person belongs to or works for; an administrator sees all."""
        if access.is_administrator:
            return self
        return self.filter(pk__in=access.organisations)

    def coordinated_by(self, access: Access) -> Self:
        """Organisations whose people, teams and roles this person keeps."""
        if access.is_administrator:
            return self
        return self.filter(pk__in=access.coordinates)

    def counted_by(self, access: Access) -> Self:
        """Organisations whose monthly counts this person keeps."""
        return self.filter(pk__in=access.counts_for)

    def contacts_kept_by(self, access: Access) -> Self:
        """Organisations whose contact map this person keeps."""
        return self.filter(pk__in=access.counts_for)

    def opened_by(self, access: Access) -> Self:
        """Organisations whose decision tree this person may show without signing in."""
        return self.filter(pk__in=access.counts_for | access.coordinates)

    def with_open_tree(self) -> Self:
        """Organisations that show their decision tree without signing in. For anybody."""
        return self.filter(shows_tree_without_sign_in=True)


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, access: Access) -> Self:
        """Teams in scope: those managed (subteams included) and those of organisations overseen."""
        if access.is_administrator:
            return self
        return self.filter(Q(pk__in=access.manages_teams) | Q(organisation__in=access.oversees))

    def coordinated_by(self, access: Access) -> Self:
        """Teams whose people this person keeps."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, access: Access) -> Self:
        """People whose validity this person may see on the day: who works in a team in scope.

        A person who left stays visible to those who oversee the organisation. Never to a
        researcher or an editor. Oneself is always visible.
        """
        if access.is_administrator:
            return self
        from organisations.models import Employment

        seen = Q(team__in=access.manages_teams) & in_period(access.on)
        seen |= Q(team__organisation__in=access.oversees) & was_in_force()
        employed = Employment.objects.filter(seen, user=OuterRef("pk"))
        return self.filter(Q(pk=access.user_id) | Exists(employed))

    def coordinated_by(self, access: Access) -> Self:
        """People who work, worked or hold a role where this person keeps the staff.

        Of those who left, no more may be shown than their time here: see `staff_of`.
        """
        if access.is_administrator:
            return self
        return self.of_organisations(access.coordinates)

    def of_organisations(self, organisations: Iterable[int]) -> Self:
        """People who work, worked or hold or held a role in the organisations."""
        from organisations.models import Employment, RoleGrant

        here = list(organisations)
        employed = Employment.objects.filter(team__organisation__in=here, user=OuterRef("pk"))
        has_role = RoleGrant.objects.filter(organisation__in=here, user=OuterRef("pk"))
        return self.filter(Exists(employed) | Exists(has_role))

    def staff_of(self, access: Access) -> Self:
        """People who work or hold a role, now or later, where this person keeps the staff."""
        if access.is_administrator:
            return self
        return self.staying_at(access.coordinates, on=access.on)

    def staying_at(self, organisations: Iterable[int], *, on: date) -> Self:
        """People who on the day or later work or hold a role in the organisations."""
        from organisations.models import Employment, RoleGrant

        here = list(organisations)
        employed = Employment.objects.filter(
            not_ended(on), team__organisation__in=here, user=OuterRef("pk")
        )
        has_role = RoleGrant.objects.filter(
            not_ended(on), organisation__in=here, user=OuterRef("pk")
        )
        return self.filter(Exists(employed) | Exists(has_role))


class EmploymentQuerySet(models.QuerySet["Employment"]):
    def visible_to(self, access: Access) -> Self:
        """Employments in teams in scope, and one's own."""
        if access.is_administrator:
            return self
        return self.filter(
            Q(user=access.user_id)
            | Q(team__in=access.manages_teams)
            | Q(team__organisation__in=access.oversees)
        )

    def coordinated_by(self, access: Access) -> Self:
        """Employments in organisations whose staff this person keeps."""
        if access.is_administrator:
            return self
        return self.filter(team__organisation__in=access.coordinates)

    def on(self, day: date) -> Self:
        """In force on the day."""
        return self.filter(in_period(day))


class LeaveQuerySet(models.QuerySet["Leave"]):
    def coordinated_by(self, access: Access) -> Self:
        """Leave during work in an organisation whose staff this person keeps."""
        if access.is_administrator:
            return self
        return self.during_work_at(access.coordinates)

    def during_work_at(self, organisations: Iterable[int]) -> Self:
        """Leave that shares a day with work in one of the organisations.

        What somebody does at another employer, before or after, stays unseen.
        """
        from organisations.models import Employment

        employed = Employment.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=OuterRef("starts_on")),
            was_in_force(),
            team__organisation__in=list(organisations),
            user=OuterRef("user"),
        )
        before_its_end = employed.filter(starts_on__lt=OuterRef("ends_before"))
        return self.filter(Exists(before_its_end) | Q(ends_before__isnull=True) & Exists(employed))

    def on(self, day: date) -> Self:
        """In force on the day."""
        return self.filter(in_period(day))


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: date) -> Self:
        """In force on the day."""
        return self.filter(in_period(day))

    def coordinated_by(self, access: Access) -> Self:
        """Roles within organisations whose staff this person keeps; an administrator sees all."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows of history: no update, no delete."""

    def update(self, **kwargs: Any) -> NoReturn:
        from organisations.models.audit import AppendOnlyError

        raise AppendOnlyError("History is appended, never changed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        from organisations.models.audit import AppendOnlyError

        raise AppendOnlyError("History is appended, never changed.")

    def delete(self) -> NoReturn:
        from organisations.models.audit import AppendOnlyError

        raise AppendOnlyError("History is never deleted.")


class AuditEventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """The trail of organisations that the person coordinates; an administrator sees all."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)


class ContactQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """Contacts of organisations that the person belongs to; an administrator sees all."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.organisations)

    def current(self) -> Self:
        """What stands now: what no later row replaces, or takes away."""
        return self.filter(superseded_by__isnull=True).exclude(name="")

    def overdue_on(self, day: date) -> Self:
        """Contacts that stand and that nobody has looked at in time."""
        return self.current().filter(review_by__lt=day)
