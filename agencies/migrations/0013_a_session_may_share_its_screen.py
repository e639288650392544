"""A session knows whether its screen is being shared: then it opens nothing beyond filter 2."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("agencies", "0012_an_accepted_seat_stays_what_it_is"),)
    operations = (
        migrations.AddField(
            model_name="signin",
            name="presenting_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    )
