"""Making accounts and letting people sign in for the first time."""

from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from organisations.actions.checks import just_done, unique_or
from organisations.errors import (
    AccountIsClosed,
    AddressInUse,
    AddressInUseElsewhere,
    AddressIsFixed,
    MailNotSent,
)
from organisations.models import Organisation, User
from organisations.trail import record


@transaction.atomic
def add_person(
    *,
    email: str,
    first_name: str,
    last_name: str,
    language: str = User.Language.DUTCH,
    organisation: Organisation | None = None,
    by: User | None,
    at: datetime,
) -> User:
    """Make an account without a password; `send_sign_in_link` lets the person choose one.

    The organisation is where it is added, None for the platform. An address that exists is
    refused: `AddressInUse` when that person is of the same organisation, otherwise
    `AddressInUseElsewhere`, which does not say whether or where it exists.
    """
    email = email.strip().lower()
    existing = User.objects.filter(email__iexact=email).first()
    if existing is not None:
        if just_done("person_added", existing.public_id, at=at, by=by):
            return existing
        raise _address_taken(existing, organisation)
    with unique_or(AddressInUseElsewhere()):
        user = User.objects.create_user(
            email,
            first_name=first_name,
            last_name=last_name,
            language=language,
            date_joined=at,
        )
    record("person_added", by=by, at=at, organisation=organisation, subject=user)
    return user


def _address_taken(existing: User, organisation: Organisation | None) -> Exception:
    if organisation is None or existing.is_of(organisation):
        return AddressInUse()
    return AddressInUseElsewhere()


@transaction.atomic
def change_person(
    *,
    user: User,
    email: str,
    first_name: str,
    last_name: str,
    language: str,
    organisation: Organisation | None = None,
    is_own_account: bool = True,
    by: User | None,
    at: datetime,
) -> User:
    """Correct a name or, until the first sign-in, the address.

    After that the address is the person's way in: whoever could change it could take over the
    account. For the same reason `is_own_account` says whether the account reaches no further than
    what the one who changes it may do.
    """
    changed = User.objects.select_for_update().get(pk=user.pk)
    new = {
        "email": email.strip().lower(),
        "first_name": first_name,
        "last_name": last_name,
        "language": language,
    }
    fields = [field for field, value in new.items() if getattr(changed, field) != value]
    if "email" in fields and not is_own_account:
        raise AddressIsFixed
    if "email" in fields:
        _check_address(changed, new["email"], organisation)
    for field in fields:
        setattr(changed, field, new[field])
    if fields:
        with unique_or(AddressInUseElsewhere()):
            changed.save(update_fields=fields)
        record(
            "person_changed", by=by, at=at, organisation=organisation, subject=changed, what=fields
        )
    return changed


def _check_address(user: User, email: str, organisation: Organisation | None) -> None:
    if user.last_login is not None or user.has_usable_password():
        raise AddressIsFixed
    existing = User.objects.filter(email__iexact=email).exclude(pk=user.pk).first()
    if existing is not None:
        raise _address_taken(existing, organisation)


def send_sign_in_link(
    *,
    user: User,
    to_absolute: Callable[[str], str],
    organisation: Organisation | None = None,
    by: User | None,
    at: datetime,
) -> None:
    """Mail the person a link with which they choose a password.

    `to_absolute` makes a full address of a path. Raises `MailNotSent` when the mail server does
    not take it. Within a minute of the last one no second is sent. Called outside a transaction: a
    mail cannot be taken back.
    """
    if not user.is_active:
        raise AccountIsClosed
    if just_done("sign_in_link_sent", user.public_id, at=at):
        return
    with translation.override(user.language):
        facts = {"person": user, "organisation": organisation, "link": to_absolute(_path_of(user))}
        subject = render_to_string("organisations/emails/sign_in_subject.txt", facts)
        body = render_to_string("organisations/emails/sign_in.txt", facts)
    try:
        send_mail(" ".join(subject.split()), body, None, [user.email])
    except (OSError, SMTPException) as error:
        raise MailNotSent from error
    record("sign_in_link_sent", by=by, at=at, organisation=organisation, subject=user)


def _path_of(user: User) -> str:
    """Where allauth lets somebody with a fresh token choose a password."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    uid = user_pk_to_url_str(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
