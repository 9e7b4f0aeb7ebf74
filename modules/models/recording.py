from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from modules.sound import ENDINGS, validate_sound


class Recording(models.Model):
    """Something to hear in a scenario, with what is said written out for who cannot hear it."""

    title = models.CharField(_("title"), max_length=120, unique=True)
    file = models.FileField(
        _("sound"),
        upload_to="recordings",
        validators=[FileExtensionValidator(ENDINGS), validate_sound],
        help_text=_("An mp3, m4a, ogg or wav, at most 10 MB. Voices of actors, never of clients."),
    )
    transcript = models.TextField(
        _("written out"), help_text=_("Everything that is said, and sounds that matter.")
    )

    panels = [FieldPanel("title"), FieldPanel("file"), FieldPanel("transcript")]

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title
