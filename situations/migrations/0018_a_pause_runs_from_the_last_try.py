"""An owed effect knows when it was tried last: its pause runs from there, not from when it was owed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("situations", "0017_a_correction_holds_back_no_erasure"),)
    operations = (
        migrations.AddField(
            model_name="outbox",
            name="tried_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    )
