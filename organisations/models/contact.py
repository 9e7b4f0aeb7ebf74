from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.identifiers import new_public_id
from organisations.models.audit import AppendOnlyError
from organisations.models.organisation import Organisation
from organisations.models.user import User
from organisations.querysets import ContactQuerySet
from organisations.rules.contacts import ContactFacts

HOLDS_NOTHING = Q(
    name="", phone="", email="", web_address="", reachable="", owner="", review_by__isnull=True
)
HOLDS_ENOUGH = ~Q(name="") & ~Q(owner="") & Q(review_by__isnull=False)
CAN_BE_REACHED = ~Q(phone="") | ~Q(email="") | ~Q(web_address="")


class ContactKind(models.TextChoices):
    """Whom one turns to. The decision tree refers to them by these names (modules.blocks.nodes)."""

    FOCAL_PERSON = "focal_person", _("Focal person")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    CARE_COORDINATOR = "care_coordinator", _("Care coordinator")
    POLICE = "police", _("Police")
    COMENSHA = "comensha", _("CoMensha")
    EMERGENCY = "emergency", _("In immediate danger")


class Contact(models.Model):
    """Whom the people of one organisation turn to for one thing. Rows are only added.

    A change is a new row that supersedes the former; one without a name takes it away. It holds
    how colleagues are reached at work, never anything about a client.
    """

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contacts"
    )
    kind = models.CharField(max_length=20, choices=ContactKind.choices)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    web_address = models.URLField(blank=True)
    reachable = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    review_by = models.DateField(null=True)
    is_public = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="superseded_by"
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["organisation", "kind", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=HOLDS_NOTHING | HOLDS_ENOUGH & CAN_BE_REACHED,
                name="contact_can_be_reached_and_is_kept_or_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(web_address="") | Q(web_address__startswith="https://"),
                name="contact_web_address_is_https",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
                name="contact_does_not_replace_itself",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind"],
                condition=Q(supersedes__isnull=True),
                name="one_first_contact_per_organisation_and_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("A contact is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("A contact is never deleted.")

    @property
    def facts(self) -> ContactFacts:
        return ContactFacts(
            name=self.name,
            phone=self.phone,
            email=self.email,
            web_address=self.web_address,
            reachable=self.reachable,
            owner=self.owner,
            review_by=self.review_by,
            is_public=self.is_public,
        )
