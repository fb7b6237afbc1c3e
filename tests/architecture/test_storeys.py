"""The storeys in the documentation are the storeys that are checked, and foreign keys go down them too."""

import re
import tomllib

from django.apps import apps

from tests.architecture.house import ROOT, package_of, packages

ASSEMBLY = "intranet.config"


def storeys() -> list[list[str]]:
    """From the top: the packages of each storey, as pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["id"] == "storeys"]
    return [[name.strip() for name in layer.split("|")] for layer in layers]


def test_documented_storeys_are_the_checked_ones() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    block = re.search(r"```storeys\n(.*?)```", text, flags=re.DOTALL)
    assert block, "docs/architecture.md has no block of storeys"
    documented = [[name.strip() for name in line.split("|")] for line in block[1].strip().splitlines()]
    assert documented == storeys()


def test_every_package_has_its_storey() -> None:
    known = {name for storey in storeys() for name in storey}
    assert set(packages()) - {ASSEMBLY} == known


def test_foreign_keys_go_down() -> None:
    height = {name: -number for number, storey in enumerate(storeys()) for name in storey}
    offenders = []
    for model in apps.get_models(include_auto_created=True):
        home, _ = package_of(model.__module__)
        for relation in model._meta.get_fields():
            target = relation.related_model
            if home not in height or relation.auto_created or not isinstance(target, type):
                continue
            other, _ = package_of(target.__module__)
            if other != home and other in height and height[other] >= height[home]:
                offenders.append(f"{model.__name__}.{relation.name} -> {target.__name__}")
    assert offenders == []
