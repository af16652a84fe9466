from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0002_simulated_districts")]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("district", models.UUIDField()),
                ("unit", models.UUIDField()),
                ("label", models.CharField(max_length=60)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("mail", models.CharField(blank=True, max_length=120)),
                ("from_day", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "from_day"], name="contact_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(until=None) | models.Q(until__gte=models.F("from_day")),
                        name="contact_days_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("district", models.UUIDField()),
                ("name", models.CharField(blank=True, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("mail", models.CharField(blank=True, max_length=120)),
                ("version", models.IntegerField(default=1)),
                ("is_erased", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["district", "name"], name="person_by_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(is_erased=False) | models.Q(name="", phone="", mail=""),
                        name="erased_person_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(is_erased=True) | ~models.Q(name=""),
                        name="person_has_a_name",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="postspell",
            name="duty",
            field=models.CharField(max_length=32, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="postspell",
            name="acting",
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="postspell", name="delegate", field=models.UUIDField(null=True)
        ),
        migrations.AddField(
            model_name="postspell", name="lent_to", field=models.UUIDField(null=True)
        ),
        migrations.AddField(
            model_name="unitspell",
            name="territory",
            field=models.CharField(max_length=100, default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="postspell",
            index=models.Index(fields=["delegate", "known_to"], name="post_of_delegate"),
        ),
    ]
