"""What is told of pairs is kept with a release. Who reaches it, and that it is frozen, are of the row (0006)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0017_agencies_that_rarely_intervene_are_named"),)
    operations = (migrations.AddField("release", "together", models.JSONField(null=True, blank=True)),)
