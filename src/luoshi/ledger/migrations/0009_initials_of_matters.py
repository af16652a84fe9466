"""Matters are found by the initials of their titles; a rebuild with --write fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_what_waits_inside_units")]

    operations = [migrations.AddField("matter", "initials", models.TextField(default=""))]
