"""Nobody signs off what they checked: what the clock prepared was one person's to check, sign and release."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = (("reports", "0008_what_left_is_read_by_its_table"),)
    operations = (
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(checked_by__isnull=True) | ~Q(signed_by=models.F("checked_by")),
                name="signed_off_by_nobody_who_checked",
            ),
        ),
    )
