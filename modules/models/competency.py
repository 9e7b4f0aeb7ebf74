from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel


class Competency(models.Model):
    """Something that workers learn, described in five levels of behaviour."""

    code = models.CharField(
        _("code"), max_length=8, unique=True, help_text=_("Short and fixed, for example C3.")
    )
    name_nl = models.CharField(_("name in Dutch"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    level_1 = models.CharField(_("level 1: beginning"), max_length=200)
    level_2 = models.CharField(_("level 2: basic"), max_length=200)
    level_3 = models.CharField(_("level 3: independent"), max_length=200)
    level_4 = models.CharField(_("level 4: advanced"), max_length=200)
    level_5 = models.CharField(_("level 5: expert"), max_length=200)

    panels = [
        FieldPanel("code"),
        FieldPanel("name_nl"),
        FieldPanel("name_en"),
        MultiFieldPanel(
            [FieldPanel(f"level_{number}") for number in range(1, 6)],
            heading=_("What one sees at each level"),
            help_text=_("Describe behaviour in a few words: what does somebody at this level do?"),
        ),
    ]

    class Meta:
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """In the language of the reader."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_nl

    @property
    def levels(self) -> tuple[str, ...]:
        return (self.level_1, self.level_2, self.level_3, self.level_4, self.level_5)
