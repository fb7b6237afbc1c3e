"""Rows change only in actions, revisions and migrations (and in the demo, which is a script of actions)."""

import ast

from tests.architecture.house import ROOT, python_files, told

MAY_WRITE = {"actions", "actions.py", "revisions.py", "migrations", "management", "demo"}
WRITES = {
    *(
        "save",
        "create",
        "update",
        "delete",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
    ),
    *("asave", "acreate", "aupdate", "adelete", "abulk_create"),
    *("aget_or_create", "aupdate_or_create"),
}


def is_write(node: ast.AST) -> bool:
    """Whether this is a call that changes rows.

    `update` of a query takes keywords only and `save` of a row nothing else, which tells them from those of a
    dict, a digest or a picture. A model that refines its own `save` passes the call on; it does not make it.
    """
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    if node.func.attr in {"update", "save", "aupdate", "asave"} and node.args:
        return False
    return node.func.attr in WRITES


def test_only_actions_write() -> None:
    offenders = []
    for path in python_files():
        if not MAY_WRITE & set(path.relative_to(ROOT).parts):
            nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            offenders += [
                f"{told(path)}:{node.lineno} {ast.unparse(node)}" for node in nodes if is_write(node)
            ]
    assert offenders == []
