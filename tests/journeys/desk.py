"""One person at one browser. Every page that a desk opens is checked by axe, and nothing may fail in its console."""

import os
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.factories import PASSWORD
from tests.house.source import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DOCS = ROOT / "docs" / "pictures"
LINK = "https://records.example.org/note/1"
PATIENCE = 30_000
PHONE, DESKTOP = (390, 844), (1280, 900)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


# What a page is made of, without its words and numbers: each kind of element with what it stands in, three deep. And what
# could be wrong between elements: names given twice or to nothing, headings that jump
MADE_OF = """() => {
  const kind = (e) => e ? [e.tagName, e.getAttribute('class'), e.type, !e.textContent.trim(),
    ...[...e.attributes].map((one) => /^(aria|role)/.test(one.name) ? `${one.name}=${!!one.value}` : one.name)].join() : '';
  const all = [...document.querySelectorAll('*')];
  const ids = all.map((e) => e.id).filter(Boolean);
  const named = all.flatMap((e) => ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']
    .flatMap((name) => (e.getAttribute(name) || '').split(' ').filter(Boolean)));
  const levels = all.filter((e) => /^H[1-6]$/.test(e.tagName)).map((e) => +e.tagName[1]);
  const wrong = ids.length - new Set(ids).size + named.filter((id) => !document.getElementById(id)).length
    + levels.filter((level, at) => level > (levels[at - 1] || 0) + 1).length;
  const parts = all.map((e) => [e.parentElement?.parentElement, e.parentElement, e].map(kind).join('>').replace(/[0-9]+/g, '0'));
  return [wrong, [...new Set(parts)]];
}"""
CHECKED: dict[tuple[int, int], set[str]] = {}

expect.set_options(timeout=PATIENCE)


def find_chromium() -> str | None:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


class Desk:
    def __init__(self, browser: Browser, address: str, size: tuple[int, int] = DESKTOP, *, scripts: bool = True):
        context = browser.new_context(
            base_url=address, viewport={"width": size[0], "height": size[1]}, locale="en-GB",
            java_script_enabled=scripts,
        )  # fmt: skip
        self.address, self.size, self.scripts, self.acts = address, size, scripts, 0
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that answers 403, 404 or 409 on purpose is written to the console as an error too
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, person: Any, password: str = PASSWORD) -> "Desk":
        self.open("/sign-in/")
        self.fill("E-mail address", person.email)
        self.fill("Password", password)
        return self.press("Sign in")

    def be(self, person: Any) -> "Desk":
        """Signed in already: the page for it has a journey of its own."""
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}])
        return self.open("/")

    def open(self, path: str) -> "Desk":
        self.page.goto(path)
        return self.look()

    def follow(self, link: str | re.Pattern[str]) -> "Desk":
        """A link, or one that is drawn as the main button of its page."""
        self.page.get_by_role("link", name=link).or_(self.page.get_by_role("button", name=link)).first.click()
        return self.acted().look()

    def press(self, button: str) -> "Desk":
        self.page.get_by_role("button", name=button, exact=True).click()
        return self.acted().look()

    def fill(self, label: str, words: str) -> "Desk":
        self.page.get_by_label(label, exact=True).fill(words)
        return self.acted()

    def fill_date(self, question: str, day: Any) -> "Desk":
        boxes = self.page.get_by_role("group", name=re.compile(re.escape(question)))
        for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(label, exact=True).fill(str(number))
        return self

    def choose(self, answer: str, *, among: str = "") -> "Desk":
        """Tick a box or a round; `among` names the question where two questions share an answer."""
        place = self.page.get_by_role("group", name=re.compile(re.escape(among))) if among else self.page
        place.get_by_label(answer, exact=True).check()
        return self.acted()

    def select(self, label: str, answer: str) -> "Desk":
        """The choice of that name, whatever is said of it beside."""
        box = self.page.get_by_label(label, exact=True)
        named = box.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(answer)}\s*(:|$)"))
        box.select_option(value=named.first.get_attribute("value"))
        return self.acted()

    def key(self, *keys: str) -> "Desk":
        self.page.wait_for_load_state("domcontentloaded")  # before that, no script hears them
        for each in keys:
            self.page.keyboard.press(each)
            self.acted()
        return self

    def acted(self) -> "Desk":
        """Counted: each click, each box filled, each key pressed by itself."""
        self.acts += 1
        return self

    def tick_every_line(self) -> "Desk":
        """Every line of a checklist done, each with what proves it."""
        for box in self.page.locator(".app-lines__done input[type=checkbox]").all():
            box.check()
        for box in self.page.locator(".app-lines__evidence input").all():
            part = (box.get_attribute("name") or "").rsplit("-", 1)[-1]
            box.fill({"day": "5", "month": "1", "year": "2026"}.get(part, LINK))
        for box in self.page.locator(".app-lines__evidence select").all():
            box.select_option(index=1)
        return self

    def sees(self, *words: str) -> "Desk":
        for each in words:
            expect(self.page.locator("body")).to_contain_text(each)
        return self

    def does_not_see(self, *words: str) -> "Desk":
        for each in words:
            expect(self.page.locator("body")).not_to_contain_text(each)
        return self

    def look(self) -> "Desk":
        """What nobody may trip over: errors in the console, what axe finds, a page wider than the screen."""
        self.page.wait_for_load_state("load")
        if not self.scripts:
            return self
        self.check()
        assert self.complaints == [], f"{self.page.url}\n{self.complaints}"
        assert not self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        return self

    def check(self) -> None:
        """Nothing is found by axe, which is asked wherever a page has a part that it has not seen at this size."""
        wrong, parts = self.page.evaluate(MADE_OF)
        checked = CHECKED.setdefault(self.size, set())
        if not wrong and checked.issuperset(parts):
            return
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
        problems = [f"{one['id']}: {one['help']} {[node['html'] for node in one['nodes']]}" for one in found]
        assert problems == [], f"{self.page.url}\n" + "\n".join(problems)
        checked.update(parts)

    def picture(self, name: str) -> "Desk":
        """Kept where PICTURES names a folder, for somebody to look at."""
        if folder := os.environ.get("PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
        return self

    def for_the_docs(self, name: str) -> "Desk":
        """What the screen shows, small and in few colours, for a page of the docs: `make pictures` writes them anew."""
        if os.environ.get("DOCS_PICTURES"):
            DOCS.mkdir(exist_ok=True)
            shot = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
            few = shot.quantize(32, dither=Image.Dither.NONE)
            few.save(DOCS / f"{name}.png", optimize=True)
        return self
