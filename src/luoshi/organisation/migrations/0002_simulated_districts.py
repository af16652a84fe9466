from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="district", name="seed", field=models.BigIntegerField(null=True)
        ),
    ]
