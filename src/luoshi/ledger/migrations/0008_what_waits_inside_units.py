from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0007_published_rollups"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="inside_posts",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="matter",
            name="inside_since",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="matter",
            name="inside_unit",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("inside_unit__isnull", False)),
                fields=["inside_unit", "inside_since"],
                name="matter_inside_unit",
            ),
        ),
    ]
