"""Boards are answered from a daybook: the index need only find the rows of a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_sources")]

    operations = [
        migrations.RemoveIndex(model_name="matterspell", name="matter_on_board"),
        migrations.AddIndex(
            model_name="matterspell",
            index=models.Index(
                fields=["district", "known_to", "colour", "from_day", "to_day", "thread"],
                name="matter_on_day",
            ),
        ),
    ]
