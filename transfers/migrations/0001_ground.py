"""Where the references of transfers come from."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0001_ground")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE transfers_transfer_reference START 1001", "DROP SEQUENCE transfers_transfer_reference"
        )
    ]
