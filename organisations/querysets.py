"""Reads of one model. Every list that a person sees starts with `visible_to`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from organisations.access import Access


def in_period(day: date, prefix: str = "") -> Q:
    """Rows whose half-open period [starts_on, ends_before) holds the day."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_before__isnull": True}) | Q(**{f"{prefix}ends_before__gt": day})
    )


class OrganisationQuerySet(models.QuerySet[Any]):
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


class TeamQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """Teams in scope: those managed (subteams included) and those of organisations overseen."""
        if access.is_administrator:
            return self
        return self.filter(Q(pk__in=access.manages_teams) | Q(organisation__in=access.oversees))


class UserQuerySet(models.QuerySet[Any]):
    def visible_to(self, access: Access) -> Self:
        """People whose validity this person may see on the day: who works in a team in scope.

        A person who left stays visible to those who oversee the organisation. Never to a
        researcher or an editor. Oneself is always visible.
        """
        if access.is_administrator:
            return self
        from organisations.models import Employment

        seen = Q(team__in=access.manages_teams) & in_period(access.on)
        seen |= Q(team__organisation__in=access.oversees)
        employed = Employment.objects.filter(seen, user=OuterRef("pk"))
        return self.filter(Q(pk=access.user_id) | Exists(employed))

    def coordinated_by(self, access: Access) -> Self:
        """People whose employments, roles and leave this person keeps."""
        if access.is_administrator:
            return self
        from organisations.models import Employment

        employed = Employment.objects.filter(
            team__organisation__in=access.coordinates, user=OuterRef("pk")
        )
        return self.filter(Exists(employed))


class EmploymentQuerySet(models.QuerySet[Any]):
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


class LeaveQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> Self:
        """In force on the day."""
        return self.filter(in_period(day))


class RoleGrantQuerySet(models.QuerySet[Any]):
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

    def delete(self) -> NoReturn:
        from organisations.models.audit import AppendOnlyError

        raise AppendOnlyError("History is never deleted.")


class AuditEventQuerySet(AppendOnlyQuerySet):
    def visible_to(self, access: Access) -> Self:
        """The trail of organisations that the person coordinates; an administrator sees all."""
        if access.is_administrator:
            return self
        return self.filter(organisation__in=access.coordinates)
