"""Takes UPDATE and DELETE on the witness from the application, and UPDATE on keys: a checkpoint is never taken back."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("keyring", "0001_initial"),)
    operations = (
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON keyring_witness FROM st_app; REVOKE UPDATE ON keyring_datakey FROM st_app;"
            " REVOKE UPDATE, DELETE ON keyring_shreddedkey FROM st_app;",
            "GRANT UPDATE, DELETE ON keyring_witness TO st_app; GRANT UPDATE ON keyring_datakey TO st_app;"
            " GRANT UPDATE, DELETE ON keyring_shreddedkey TO st_app;",
        ),
    )
