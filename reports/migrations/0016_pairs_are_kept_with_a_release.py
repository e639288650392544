"""What is told of pairs is kept with a release. Who reaches it, and that it is frozen, are of the row (0006)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0014_own_figures_are_read_by_the_lead_afterwards"),)
    operations = (migrations.AddField("release", "together", models.JSONField(null=True, blank=True)),)
