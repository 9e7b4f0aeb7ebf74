"""Editors keep H5P activities; who decides about libraries gets a group of their own."""

from django.db import migrations

EDITORS = "Redacteuren"
DECIDERS = "H5P-bibliotheken"
KEEP = ["add", "change", "delete", "view"]


def give(apps, schema_editor):
    """Permissions are otherwise made after all migrations; make these now."""
    group = apps.get_model("auth", "Group").objects
    editors = group.get(name=EDITORS)
    deciders, _made = group.get_or_create(name=DECIDERS)
    for action in KEEP:
        editors.permissions.add(_permission(apps, "modules", "h5ppackage", f"{action}_h5ppackage"))
    deciders.permissions.add(
        _permission(apps, "modules", "h5plibrary", "decide_h5plibrary"),
        _permission(apps, "modules", "h5plibrary", "view_h5plibrary"),
        _permission(apps, "wagtailadmin", "admin", "access_admin"),
    )


def _permission(apps, app_label, model, codename):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _made = ContentType.objects.get_or_create(app_label=app_label, model=model)
    found, _made = Permission.objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": codename}
    )
    return found


def take_back(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    editors = groups.filter(name=EDITORS).first()
    if editors is not None:
        editors.permissions.remove(
            *editors.permissions.filter(content_type__app_label="modules", content_type__model="h5ppackage")
        )
    groups.filter(name=DECIDERS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0008_h5p"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(give, take_back)]
