"""Bring what the browser needs from node_modules into static/vendor: python -m casetransfer.assets

GOV.UK Frontend without what belongs to gov.uk services alone: its typeface and its crest.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FRONTEND = MODULES / "govuk-frontend" / "dist" / "govuk"


def without_government_marks(css: str) -> str:
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"GDS Transport,\s*", "", css)
    return re.sub(r"url\([^)]*govuk-crest[^)]*\)", "none", css)


def without_source_map(text: str) -> str:
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+(\s*\*/)?", "", text)


def main() -> int:
    if not FRONTEND.exists():
        print("node_modules is missing. Run make assets.", file=sys.stderr)
        return 1
    VENDOR.mkdir(parents=True, exist_ok=True)
    css = without_source_map(without_government_marks((FRONTEND / "govuk-frontend.min.css").read_text()))
    if "url(" in css:
        print("The new GOV.UK Frontend asks for files that are not brought along.", file=sys.stderr)
        return 1
    (VENDOR / "govuk-frontend.css").write_text(css)
    (VENDOR / "govuk-frontend.js").write_text(without_source_map((FRONTEND / "govuk-frontend.min.js").read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
