"""Whether the decision tree of an organisation is there for people who are not signed in."""

from datetime import datetime

from django.db import transaction

from organisations.models import Organisation, User
from organisations.trail import record

ACTIONS = {True: "tree_opened", False: "tree_closed"}


@transaction.atomic
def show_tree_without_sign_in(
    *, organisation: Organisation, shown: bool, by: User, at: datetime
) -> None:
    """Open the decision tree for everybody, or close it. The caller has checked who may.

    What already is so adds nothing to the trail.
    """
    found = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if found.shows_tree_without_sign_in == shown:
        return
    found.shows_tree_without_sign_in = shown
    found.save(update_fields=["shows_tree_without_sign_in"])
    record(ACTIONS[shown], by=by, at=at, organisation=found, subject=found)
