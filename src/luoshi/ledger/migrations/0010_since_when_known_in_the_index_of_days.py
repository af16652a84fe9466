"""The index by which a day is read says since when its rows are known, too."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0009_initials_of_matters")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="matterspell", name="matter_on_day"),
        migrations.AddIndex(
            model_name="matterspell",
            index=models.Index(
                fields=[
                    "district",
                    "known_to",
                    "colour",
                    "from_day",
                    "to_day",
                    "thread",
                    "known_from",
                ],
                name="matter_on_day",
            ),
        ),
    ]
