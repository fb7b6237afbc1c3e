from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0002_uploads_and_usage")]

    operations = [
        migrations.AddField(
            model_name="content",
            name="view_digest",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
