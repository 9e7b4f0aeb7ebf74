"""The group that editors are in while they have the role; see modules/permissions.py."""

from django.db import migrations

GROUP = "Redacteuren"
MODEL_PERMISSIONS = {
    "scenario": ["add", "change", "publish", "lock", "unlock", "view"],
    "competency": ["add", "change", "view"],
}
COLLECTION_PERMISSIONS = [("wagtailimages", "image", "add"), ("wagtailimages", "image", "choose")]


def permission(apps, app_label, model, action):
    """Permissions are otherwise made after all migrations; make this one now if it is not there."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _made = ContentType.objects.get_or_create(app_label=app_label, model=model)
    found, _made = Permission.objects.get_or_create(
        content_type=content_type,
        codename=f"{action}_{model}",
        defaults={"name": f"Can {action} {model}"},
    )
    return found


def make_group(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    group, _made = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for model, actions in MODEL_PERMISSIONS.items():
        group.permissions.add(*(permission(apps, "modules", model, action) for action in actions))
    root = Collection.objects.filter(depth=1).order_by("pk").first()
    for app_label, model, action in COLLECTION_PERMISSIONS if root else []:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission(apps, app_label, model, action)
        )


def remove_group(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("modules", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(make_group, remove_group)]
