"""Spells keep from what kinds of source a matter comes; a rebuild with --write fills them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_stage")]

    operations = [
        migrations.AddField(
            model_name="matterspell",
            name="sources",
            field=models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
    ]
