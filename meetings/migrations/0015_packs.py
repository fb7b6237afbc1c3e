import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0014_motions_submitted"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("device", models.UUIDField()),
                ("key", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField(auto_now_add=True)),
                ("until", models.DateTimeField()),
                ("total", models.PositiveSmallIntegerField(default=0)),
                ("ready", models.PositiveSmallIntegerField(default=0)),
                ("checked_at", models.DateTimeField(null=True)),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="packs", to="meetings.seat"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("seat", "device"), name="pack_once_per_device")
                ],
            },
        ),
    ]
