"""Where references of closures come from."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0001_ground")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE closures_closure_reference START 1001", "DROP SEQUENCE closures_closure_reference"
        ),
    ]
