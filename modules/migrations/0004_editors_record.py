"""Editors keep recordings, as they keep scenarios and competencies."""

from django.db import migrations

GROUP = "Redacteuren"
ACTIONS = ["add", "change", "view"]


def let_editors_record(apps, schema_editor):
    """Permissions are otherwise made after all migrations; make these now."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _made = ContentType.objects.get_or_create(app_label="modules", model="recording")
    group = apps.get_model("auth", "Group").objects.get(name=GROUP)
    for action in ACTIONS:
        found, _made = Permission.objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_recording",
            defaults={"name": f"Can {action} recording"},
        )
        group.permissions.add(found)


def take_it_back(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name=GROUP).first()
    if group is not None:
        group.permissions.remove(
            *group.permissions.filter(
                content_type__app_label="modules", content_type__model="recording"
            )
        )


class Migration(migrations.Migration):
    dependencies = [("modules", "0003_scenarios")]

    operations = [migrations.RunPython(let_editors_record, take_it_back)]
