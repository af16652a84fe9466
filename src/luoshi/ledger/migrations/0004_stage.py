"""The stage of a project (四段) stands in what the board shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_saved_views")]

    operations = [
        migrations.AddField(
            model_name="matterspell",
            name="stage",
            field=models.CharField(default="", max_length=12),
            preserve_default=False,
        ),
    ]
