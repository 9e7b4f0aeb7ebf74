"""A colleague looks at what was written: one workflow with one task, for the group of editors.

It holds for scenarios and for the page under which modules stand (if it is there already; else
modules/permissions.py gives it when the page is made). Editors may still publish by themselves.
"""

from django.db import migrations

GROUP = "Redacteuren"
WORKFLOW = "Inhoud nakijken"
TASK = "Nakijken door een collega"


def make_workflow(apps, schema_editor):
    def model(app_label, name):
        return apps.get_model(app_label, name)

    ContentType = model("contenttypes", "ContentType")
    task_type, _made = ContentType.objects.get_or_create(
        app_label="wagtailcore", model="groupapprovaltask"
    )
    scenario_type, _made = ContentType.objects.get_or_create(app_label="modules", model="scenario")
    group = model("auth", "Group").objects.get(name=GROUP)
    task = model("wagtailcore", "GroupApprovalTask").objects.create(
        name=TASK, active=True, content_type=task_type
    )
    task.groups.add(group)
    workflow = model("wagtailcore", "Workflow").objects.create(name=WORKFLOW, active=True)
    model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    model("wagtailcore", "WorkflowContentType").objects.update_or_create(
        content_type=scenario_type, defaults={"workflow": workflow}
    )
    for index in model("modules", "ModuleIndexPage").objects.all():
        model("wagtailcore", "WorkflowPage").objects.update_or_create(
            page_id=index.pk, defaults={"workflow": workflow}
        )


def remove_workflow(apps, schema_editor):
    """With what was reviewed by it: those rows mean nothing without it."""
    workflows = apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW)
    tasks = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=TASK)
    states = apps.get_model("wagtailcore", "WorkflowState").objects.filter(workflow__in=workflows)
    states.update(current_task_state=None)
    apps.get_model("wagtailcore", "TaskState").objects.filter(workflow_state__in=states).delete()
    states.delete()
    for name in ("WorkflowPage", "WorkflowContentType", "WorkflowTask"):
        apps.get_model("wagtailcore", name).objects.filter(workflow__in=workflows).delete()
    workflows.delete()
    tasks.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0006_authoring"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(make_workflow, remove_workflow)]
