from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModulesConfig(AppConfig):
    name = "modules"
    verbose_name = _("Modules")

    def ready(self) -> None:
        from modules import signals
        from modules.packages.caps import caps

        signals.connect()
        caps()  # a mistake in H5P_CAPS is told when the site starts, not at the first upload
