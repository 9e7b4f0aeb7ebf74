"""Who may edit. Wagtail asks its groups in the database; ours follows the roles of the day."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

from organisations.access import Access

GROUP = "Redacteuren"  # made by migration 0002
LIBRARIES = "H5P-bibliotheken"  # made by migration 0009
WORKFLOW = "Inhoud nakijken"  # made by migration 0007
ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


def may_edit(access: Access) -> bool:
    return access.is_editor or access.is_administrator


def follow_roles(user: Any, access: Access) -> None:
    """Put the person in the groups that their roles of today give, and out of the others.

    One query, and one or two more when something changed.
    """
    deserved = {GROUP: may_edit(access), LIBRARIES: access.decides_libraries}
    present = set(user.groups.filter(name__in=deserved).values_list("name", flat=True))
    for name, belongs in deserved.items():
        if belongs and name not in present:
            user.groups.add(Group.objects.get(name=name))
        elif name in present and not belongs:
            user.groups.remove(Group.objects.get(name=name))


def let_editors_work_under(page: Page) -> None:
    """Editors may write, change and publish everything under the page, and review it."""
    group = Group.objects.get(name=GROUP)
    allowed = Permission.objects.filter(
        content_type__app_label="wagtailcore", content_type__model="page", codename__in=ON_PAGES
    )
    for permission in allowed:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    workflow = Workflow.objects.filter(name=WORKFLOW).first()
    if workflow is not None and not WorkflowPage.objects.filter(page=page).exists():
        WorkflowPage.objects.create(page=page, workflow=workflow)
