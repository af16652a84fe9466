"""Boards as somebody likes to see them, under a name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_board_index")]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("district", models.UUIDField()),
                ("owner", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=2000)),
                ("is_shared", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("district", "owner", "name"), name="view_name_of_owner"
                    )
                ],
            },
        ),
    ]
