from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from organisations.identifiers import new_public_id
from organisations.querysets import UserQuerySet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from organisations.access import Access
    from organisations.models.organisation import Organisation


if TYPE_CHECKING:

    class _ReadsPeople(BaseUserManager["User"]):
        """What `from_queryset` adds, for the type checker."""

        def get_queryset(self) -> UserQuerySet: ...
        def visible_to(self, access: Access) -> UserQuerySet: ...
        def coordinated_by(self, access: Access) -> UserQuerySet: ...
        def of_organisations(self, organisations: Iterable[int]) -> UserQuerySet: ...
        def staff_of(self, access: Access) -> UserQuerySet: ...
        def staying_at(self, organisations: Iterable[int], *, on: date) -> UserQuerySet: ...

else:
    _ReadsPeople = BaseUserManager["User"].from_queryset(UserQuerySet)


class UserManager(_ReadsPeople):
    """Makes accounts by e-mail address; there are no user names."""

    use_in_migrations = False

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person with an account; signs in by e-mail address.

    What the person may see follows from dated role grants and employments, not from this row.
    """

    class Language(models.TextChoices):
        DUTCH = "nl", _("Dutch")
        ENGLISH = "en", _("English")

    username = None  # type: ignore[assignment]
    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.DUTCH
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email_address"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def is_of(self, organisation: Organisation) -> bool:
        """Whether the person works, worked or holds a role there. Causes one or two queries."""
        return (
            self.employments.filter(team__organisation=organisation).exists()
            or self.role_grants.filter(organisation=organisation).exists()
        )

    def is_only_of(self, organisation: Organisation) -> bool:
        """Whether the account opens nothing outside the organisation. Causes two queries."""
        if self.is_superuser:
            return False
        roles = self.role_grants.exclude(organisation=organisation)
        return not (
            roles.exists() or self.employments.exclude(team__organisation=organisation).exists()
        )
