from django.db import models
from django.db.models import Q


class DemoSite(models.Model):
    """The mark that this database holds synthetic data only; at most one row.

    Its presence shows *Voorbeeldgegevens* on every page and lets the demo accounts be listed.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seed = models.PositiveIntegerField()
    made_on = models.DateField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="at_most_one_demo_mark"),
        ]

    def __str__(self) -> str:
        return f"demo of {self.made_on}"
