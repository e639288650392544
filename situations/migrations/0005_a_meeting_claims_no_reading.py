"""A meeting no longer says that its confidentiality statement was read: starting it set that, and nobody was asked."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("situations", "0004_a_situation_keeps_its_agency"),)
    operations = (migrations.RemoveField(model_name="meeting", name="statement_read"),)
