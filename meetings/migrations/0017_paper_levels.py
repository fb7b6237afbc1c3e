import datetime

import django.db.models.deletion
from django.db import migrations, models

BASIS = "Giá trị ban đầu của hệ thống, chưa đối chiếu với quy chế của cơ quan"
RULES = [
    {"level": "normal", "offline_hours": 12},
    {"level": "internal", "offline_hours": 12},
    {
        "level": "restricted",
        "is_stamped": True,
        "gives_original": False,
        "gives_print": False,
        "is_logged": True,
        "offline_hours": 2,
    },
]


def open_papers_are_normal(apps, schema_editor):
    apps.get_model("meetings", "Paper").objects.filter(is_open=True).update(level="normal")


def normal_papers_are_open(apps, schema_editor):
    apps.get_model("meetings", "Paper").objects.filter(level="normal").update(is_open=True)


def lay_down_rules(apps, schema_editor):
    rule = apps.get_model("meetings", "LevelRule")
    first = datetime.date(2026, 1, 1)
    rule.objects.bulk_create(rule(valid_from=first, basis=BASIS, **each) for each in RULES)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0006_pages_sent"),
        ("meetings", "0016_marks"),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="level",
            field=models.CharField(
                choices=[("normal", "Normal"), ("internal", "Internal"), ("restricted", "Restricted")],
                default="internal",
                max_length=10,
                verbose_name="level",
            ),
        ),
        migrations.RunPython(open_papers_are_normal, normal_papers_are_open, elidable=True),
        migrations.RemoveField(model_name="paper", name="is_open"),
        migrations.AddField(
            model_name="paper",
            name="named_only",
            field=models.BooleanField(default=False, verbose_name="only for those named"),
        ),
        migrations.AddField(
            model_name="paper",
            name="no_printing",
            field=models.BooleanField(default=False, verbose_name="not to be printed"),
        ),
        migrations.AddField(
            model_name="paper",
            name="no_saving",
            field=models.BooleanField(default=False, verbose_name="not to be saved"),
        ),
        migrations.AddField(
            model_name="paper",
            name="readers",
            field=models.ManyToManyField(blank=True, related_name="named_papers", to="meetings.seat"),
        ),
        migrations.AddField(
            model_name="paper",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="poll",
            name="papers",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="LevelRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("normal", "Normal"),
                            ("internal", "Internal"),
                            ("restricted", "Restricted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("is_stamped", models.BooleanField(default=False)),
                ("gives_original", models.BooleanField(default=True)),
                ("gives_print", models.BooleanField(default=True)),
                ("gives_text", models.BooleanField(default=True)),
                ("is_logged", models.BooleanField(default=False)),
                ("offline_hours", models.PositiveSmallIntegerField(default=12)),
                ("basis", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["level", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("level", "valid_from"), name="level_rule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("is_stamped", False), ("gives_original", False), _connector="OR"),
                        name="level_rule_stamp_or_original",
                    ),
                ],
            },
        ),
        migrations.RunPython(lay_down_rules, migrations.RunPython.noop),
        migrations.CreateModel(
            name="PaperVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("replaced_at", models.DateTimeField()),
                ("replaced_by", models.CharField(max_length=200)),
                ("changes", models.JSONField(null=True)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="meetings.paper",
                    ),
                ),
                (
                    "stored_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "number"), name="paper_version_once")
                ],
            },
        ),
    ]
