"""Indexes that answer a whole board take the place of those that only found the day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="matterspell", name="matter_on_day"),
        migrations.AddIndex(
            model_name="matterspell",
            index=models.Index(
                fields=[
                    "district",
                    "known_to",
                    "urgency",
                    "due",
                    "code",
                    "from_day",
                    "to_day",
                    "colour",
                    "kind",
                    "area",
                    "lead_unit",
                    "sponsoring_post",
                    "unit",
                    "quantity",
                    "achieved",
                    "thread",
                ],
                name="matter_on_board",
            ),
        ),
        migrations.RemoveIndex(model_name="placespell", name="place_on_day"),
        migrations.AddIndex(
            model_name="placespell",
            index=models.Index(
                fields=["district", "known_to", "goal", "from_day", "to_day", "thread"],
                name="place_on_board",
            ),
        ),
    ]
