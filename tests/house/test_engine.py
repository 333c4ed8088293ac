import ast
import re
from pathlib import Path

from tests.house.source import ROOT, python_files

PACKS = ROOT / "casetransfer" / "protocols" / "packs"


def code_of(path: Path) -> str:
    """A file without its comments and docstrings: an example in words may name a council, code may not."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            body[0].value.value = ""
    return ast.unparse(tree)


def test_no_code_names_an_authority():
    names = [pack.name for pack in PACKS.iterdir() if pack.is_dir()]
    wanted = re.compile("|".join(name.replace("_", "[ _-]?") for name in names), re.IGNORECASE)
    sources = {path: code_of(path) for path in python_files()}
    sources |= {path: path.read_text() for path in (ROOT / "templates").rglob("*.jinja")}

    wrong = [str(path.relative_to(ROOT)) for path, text in sources.items() if wanted.search(text)]

    assert names
    assert wrong == []
