from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0004_folded_text")]

    operations = [
        migrations.AddField(
            model_name="content",
            name="stripped",
            field=models.JSONField(default=list),
        ),
    ]
