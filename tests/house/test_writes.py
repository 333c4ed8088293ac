"""There is one door for writing in each app."""

import ast
from pathlib import Path

from tests.house.source import nodes, place, python_files

ALWAYS_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_TO_ROWS = {"create", "update", "save", "delete"}
NOT_ROWS = {"session", "cache", "headers", "env", "globals", "app"}


def is_door(path: Path) -> bool:
    return path.name == "actions.py" or "actions" in path.parts


def root_name(node: ast.AST) -> str:
    """The last name before the method: `Team.objects.filter(x).update()` -> objects, `team.save()` -> team."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            return "objects"
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def writes_a_row(call: ast.AST) -> bool:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return False
    verb, receiver = call.func.attr, root_name(call.func.value)
    if verb in ALWAYS_WRITES:
        return True
    if verb == "update":  # of a dictionary, unless it is asked of a QuerySet
        return receiver == "objects"
    return verb in WRITES_TO_ROWS and receiver not in NOT_ROWS


def test_nothing_is_written_outside_actions():
    wrong = [
        place(path, node) for path in python_files() if not is_door(path) for node in nodes(path) if writes_a_row(node)
    ]

    assert wrong == []


def test_views_ask_through_actions_and_presenters():
    wrong = [
        place(path, node)
        for path in python_files()
        if path.name == "views.py"
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]

    assert wrong == []


def test_files_for_spreadsheets_are_written_in_one_place():
    """There, no cell is a formula."""
    wrong = [
        place(path, node)
        for path in python_files()
        if path.name != "csv_files.py"
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in {"writer", "DictWriter", "Workbook"}
    ]

    assert wrong == []
