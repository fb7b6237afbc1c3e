"""Neighbours see models, rules, queries, actions, registry and signals; the rest of a package is private."""

import grimp

from tests.architecture.house import TOP_PACKAGES, package_of

PUBLIC = {"models", "rules", "queries", "actions", "registry", "signals"}


def test_neighbours_use_only_the_public_face() -> None:
    graph = grimp.build_graph(*TOP_PACKAGES)
    offenders = []
    for module in graph.modules:
        home, _ = package_of(module)
        if home == "intranet.config":
            continue
        for target in graph.find_modules_directly_imported_by(module):
            other, face = package_of(target)
            if other not in {home, "intranet.lib"} and face and face not in PUBLIC:
                offenders.append(f"{module} -> {target}")
    assert sorted(offenders) == []
