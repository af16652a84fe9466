from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("base", "0003_notices_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommandAnswer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "district",
                        "person",
                        "command_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("district", models.UUIDField()),
                ("person", models.UUIDField()),
                ("command_id", models.UUIDField()),
                ("content", models.CharField(max_length=64)),
                ("answer", models.TextField(default="")),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "command_answer",
                "indexes": [models.Index(fields=["district", "at"], name="answer_by_age")],
            },
        ),
    ]
