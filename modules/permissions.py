"""Who may edit. Wagtail asks its groups in the database; ours follows the roles of the day."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage

from organisations.access import Access

GROUP = "Redacteuren"  # made by migration 0002
WORKFLOW = "Inhoud nakijken"  # made by migration 0007
ON_PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")


def may_edit(access: Access) -> bool:
    return access.is_editor or access.is_administrator


def follow_roles(user: Any, access: Access) -> None:
    """Put the person in the group of editors, or take them out, as their roles of today say.

    One query, and one more when something changed.
    """
    is_member = user.groups.filter(name=GROUP).exists()
    if may_edit(access) and not is_member:
        user.groups.add(Group.objects.get(name=GROUP))
    elif is_member and not may_edit(access):
        user.groups.remove(Group.objects.get(name=GROUP))


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
