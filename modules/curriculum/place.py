"""The page under which the modules stand."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Site

from modules.models import ModuleIndexPage
from modules.permissions import let_editors_work_under


def module_index() -> ModuleIndexPage:
    """The page under which modules stand, as root of the one site; made if it is not there."""
    index: ModuleIndexPage | None = ModuleIndexPage.objects.first()
    if index is None:
        root = Page.get_first_root_node()
        index = ModuleIndexPage(title="Modules", slug="modules")
        root.add_child(instance=index)
        _make_root_of_the_site(index)
    let_editors_work_under(index)
    return index


def _make_root_of_the_site(index: ModuleIndexPage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=index)
        return
    welcome = site.root_page
    site.root_page = index
    site.site_name = "Opmerkzaam"
    site.save()
    plain = ContentType.objects.get_for_model(Page)
    if welcome.content_type_id == plain.pk and not welcome.is_root():
        welcome.delete()
