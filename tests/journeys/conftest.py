"""`site` is the running site; `desk(person)` seats somebody at a browser of their own, signed in."""

import os

import pytest
import redis
from playwright.sync_api import sync_playwright

from tests.journeys.desk import DESKTOP, FLAGS, Desk, find_chromium
from tests.journeys.site import RunningSite
from tests.journeys.still import still_site

HERE = os.path.dirname(__file__)


def pytest_collection_modifyitems(items):
    for item in items:
        if str(item.path).startswith(HERE):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    chromium = find_chromium()
    if chromium is None and os.environ.get("JOURNEYS") == "required":
        pytest.fail("Chromium is not on PATH, and the browser journeys must run.")
    if chromium is None:
        pytest.skip("Browser journeys not run: Chromium is not on PATH (apt-get install chromium).")
    # Playwright keeps an event loop in this thread, and Django would refuse every query beside it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium_browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield chromium_browser
        chromium_browser.close()


@pytest.fixture(scope="session")
def running_site(browser, django_db_setup, django_db_blocker, tmp_path_factory, worker_id):
    with django_db_blocker.unblock():
        site = RunningSite(5 + int(worker_id.removeprefix("gw") or 0 if worker_id != "master" else 0),
                           tmp_path_factory.mktemp("site"))  # fmt: skip
        site.wait()
    yield site
    with django_db_blocker.unblock():
        site.stop()


@pytest.fixture
def site(request, browser, transactional_db):
    """Running as in production; or, for the pictures of the docs, with its clock stopped."""
    return request.getfixturevalue("stopped_site" if os.environ.get("DOCS_PICTURES") else "living_site")


@pytest.fixture
def stopped_site():
    with still_site() as site:
        yield site


@pytest.fixture
def living_site(running_site):
    with redis.Redis.from_url(running_site.environment["REDIS_URL"]) as broker:
        broker.flushdb()
    running_site.go_on()
    running_site.wait("/health/ready/")
    yield running_site
    running_site.pause()


@pytest.fixture
def desk(site, browser):
    seated = []

    def seat(person=None, size=DESKTOP, *, scripts=True):
        seated.append(Desk(browser, site.address, size, scripts=scripts))
        return seated[-1].be(person) if person else seated[-1]

    yield seat
    for each in seated:
        each.page.context.close()
