"""Every page as it looks, on a desk and on a phone, and who may see it: `make pictures` writes docs/pages anew."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from PIL import Image

from teams.roles import Role
from tests.house.rules import RULES
from tests.house.samples import PUBLIC
from tests.house.source import ROOT
from tests.journeys.desk import DESKTOP, PHONE
from tests.journeys.lived_in import PAGES, a_lived_in_house, address, as_, page_at, who_sees, without_secrets

DOCS, PICTURES = ROOT / "docs" / "pages", ROOT / "docs" / "pictures" / "pages"
TALLEST = 2400
AREAS = {
    "": ("home", "Home, reports and help"),
    "cases": ("cases", "Cases"),
    "contacts": ("contacts", "Contacts"),
    "transfers": ("transfers", "Transfers and meetings"),
    "radar": ("transfers", "Transfers and meetings"),
    "closures": ("closures", "Closing and coming back"),
    "notices": ("notices", "Notices, letters and deadlines"),
    "restricted": ("restricted", "Restricted records"),
    "protocol": ("protocol", "The protocol"),
    "teams": ("settings", "Accounts, settings and audit"),
    "imports": ("imports", "Imports"),
}
# Who is drawn where more than one may see it: the first of these, and otherwise the first of all
USUAL = {
    **dict.fromkeys(("closures", "transfers"), Role.TEAM_MANAGER),
    **dict.fromkeys(("teams:audit", "teams:unusual"), Role.AUDITOR),
    "contacts": Role.FRONT_DOOR,
    "teams:settings": Role.SYSTEM_ADMINISTRATOR,
}


@dataclass(frozen=True)
class Drawn:
    """A page of the docs: its address and title, who may see it, who it is drawn for, and whether it goes on below."""

    name: str
    where: str
    title: str
    roles: tuple[str, ...]
    drawn_for: str
    goes_on: bool

    @property
    def area(self) -> str:
        return AREAS[space_of(self.name)][0]


def space_of(name: str) -> str:
    return name.rpartition(":")[0]


def picture_of(name: str, width: int) -> str:
    return f"{name.replace(':', '-')}-{width}.webp"


def test_every_page_is_drawn(desk, monkeypatch):
    monkeypatch.setattr("teams.views.random_hex", lambda length: "5e" * length)  # the key of an authenticator app
    with transaction.atomic():
        house = a_lived_in_house()
        without_secrets(house)
    seen_by = roles_of_pages(house)
    seats = {role: desk(person) for role, person in house.people.items()}
    stranger = desk()
    PICTURES.mkdir(parents=True, exist_ok=True)

    drawn = []
    for name in PAGES:
        where, roles = address(name, house), () if name in PUBLIC else seen_by[name]
        assert roles or name in PUBLIC, f"{name} is drawn for nobody"
        usual = USUAL.get(name, USUAL.get(space_of(name), Role.SOCIAL_WORKER))
        role = usual if usual in roles else roles[0] if roles else ""
        title, goes_on = shot((seats[role] if role else stranger).page, name, where)
        drawn.append(Drawn(name, where, title, roles, role, goes_on))
    write(drawn)


def roles_of_pages(house) -> dict[str, tuple[str, ...]]:
    """Who is shown each page: as its rule says, and asked where it leaves that open. Then only the answer counts, so
    that nothing is drawn for it."""
    clients = {role: as_(house, person) for role, person in reversed(house.people.items())}

    def shown(name, role):
        ruled = who_sees(name, role)
        return page_at(address(name, house), clients[role]) is not None if ruled is None else ruled

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.template.backends.jinja2.Template.render", lambda *args, **kwargs: "")
        return {name: tuple(role for role in Role.values if shown(name, role)) for name in PAGES}


def shot(page, name: str, where: str) -> tuple[str, bool]:
    """Both pictures of one page: (its title, whether it was cut at the bottom)."""
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    page.goto(where)
    page.wait_for_load_state("load")
    heights = []
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        full = page.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(full, TALLEST)}
        keep(page.screenshot(full_page=True, clip=clip, animations="disabled"), PICTURES / picture_of(name, width))
        heights.append(full)
    return page.title().split(" - ")[0], max(heights) > TALLEST


def nearest(shade: int) -> int:
    """Shades that nobody tells apart become one, which makes a picture a fifth of its size. Near white more are kept:
    there the eye sees a cast."""
    step = 5 if shade > 225 else 17
    return min(round(shade / step) * step, 255)


def keep(content: bytes, path: Path) -> None:
    shot = Image.open(BytesIO(content)).convert("RGB").point([nearest(shade) for shade in range(256)] * 3)
    shot.save(path, lossless=True, quality=100, method=4)


def write(drawn: list[Drawn]) -> None:
    DOCS.mkdir(exist_ok=True)
    areas = dict.fromkeys(AREAS.values())
    for area, heading in areas:
        pages = sorted((one for one in drawn if one.area == area), key=lambda one: one.where)
        parts = [f"# {heading}\n", "[All pages](README.md)\n", *(part_of(one) for one in pages)]
        (DOCS / f"{area}.md").write_text("\n".join(parts))
    contents = [f"- [{heading}]({area}.md): {sum(one.area == area for one in drawn)} pages" for area, heading in areas]
    (DOCS / "README.md").write_text("\n".join([HEAD.format(number=len(drawn)), *contents, ""]))


HEAD = """# The pages

{number} pages, each on a desk (1280 pixels) and on a telephone (390), and who may see it. The pictures and these lists are
made by the tests: `make pictures` draws them anew. The council and everybody in it are invented.
"""


def part_of(one: Drawn) -> str:
    cut = " A long page is cut at the bottom." if one.goes_on else ""
    pictures = " ".join(
        f'<img src="../pictures/pages/{picture_of(one.name, width)}" width="{shown}" alt="{one.title}, {size}">'
        for width, shown, size in ((DESKTOP[0], 600, "on a desk"), (PHONE[0], 190, "on a telephone"))
    )
    return f"## {one.title}\n\n`{one.where}` {who(one)}{cut}\n\n{pictures}\n"


def who(one: Drawn) -> str:
    if one.name in PUBLIC:
        return "Anybody, before signing in too."
    rule = RULES[one.name]
    near = {"case": ", where they reach the case", "restricted": ", where they reach the record"}.get(rule.about, "")
    if rule.about == "self":
        return "Only the one whose it is."
    labels = [Role(role).label.lower() for role in one.roles]
    everybody = len(labels) == len(Role)
    listed = "Everybody" if everybody else f"{', '.join(labels[:-1])} and {labels[-1]}" if labels[1:] else labels[0]
    drawn = f" Drawn for: {Role(one.drawn_for).label.lower()}."
    return f"{listed[0].upper()}{listed[1:]}{near}.{drawn}"
