"""A quarter keeps after how many hours its first contacts were. Who reaches it is of the row (0006)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("reports", "0021_words_of_a_batch_are_the_recorders"),)
    operations = (migrations.AddField("quartercounts", "contact_hours", models.JSONField(default=dict)),)
