import re

from tests.house.source import ROOT, python_files

PACKS = ROOT / "casetransfer" / "protocols" / "packs"


def test_no_code_names_an_authority():
    names = [pack.name for pack in PACKS.iterdir() if pack.is_dir()]
    wanted = re.compile("|".join(name.replace("_", "[ _-]?") for name in names), re.IGNORECASE)
    sources = [*python_files(), *(ROOT / "templates").rglob("*.jinja")]

    wrong = [str(path.relative_to(ROOT)) for path in sources if wanted.search(path.read_text())]

    assert names
    assert wrong == []
