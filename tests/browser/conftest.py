"""A running server and a real Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.looks import LOOKS

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What Chromium need not begin for its tests: pages of its own for the address bar of every new window. Playwright's own
# list, which this one replaces, comes first.
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "WebUIOmniboxPopup,WebUIOmniboxFullPopup,WebUIOmniboxAimPopup"
)
# Playwright's loop makes Django think it is called from async code; these tests are not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    """Debian's Chromium, or the one that `CHROMIUM` names."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.fail("Chromium is needed for the browser tests: apt-get install chromium (or set CHROMIUM)")
    expect.set_options(timeout=10_000)  # as long as everything else may take
    arguments = [f"--disable-features={WITHOUT}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()


@pytest.fixture
def site(live_server: Any) -> str:
    """The address of a running server, without a slash at the end."""
    return str(live_server.url)


@pytest.fixture
def new_context(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser contexts (each like a fresh browser); fails on errors that pages reported."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def make(width: int = 1280, height: int = 900, dark: bool = False, **options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("console", lambda message: _note(message, problems))
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


def _note(message: Any, problems: list[str]) -> None:
    """Blocked by the Content-Security-Policy, or broken: not what the server answered, which a test may want."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        problems.append(message.text)


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


# No rule of these tags reads the style sheets, which axe would else fetch and read again each time.
RUN_AXE = """
only => axe.run(document, {
  runOnly: {type: 'tag', values: only}, resultTypes: ['violations'], preload: {assets: ['media']}
}).then(
  r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`)))
"""


@pytest.fixture
def axe() -> Callable[..., None]:
    """Fails with what axe-core finds on the page, one line each."""

    def check(page: Page) -> None:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text())
        found = page.evaluate(RUN_AXE, AXE_TAGS)
        assert not found, f"{page.url}\n" + "\n".join(found)

    return check


@pytest.fixture
def accessible(axe: Callable[..., None]) -> Callable[[Page, str], None]:
    """Opens an address and looks at it narrow and wide, once light and once dark (see `LOOKS`): axe finds nothing, no
    sideways scrolling.
    """

    def check(page: Page, path: str) -> None:
        answer = page.goto(path)
        assert answer is not None and answer.status < 500, path
        assert page.url.endswith(path), "led elsewhere"
        assert page.locator("h1").count() == 1, path
        for language, dark, width in LOOKS:
            if language == ("/en" if path.startswith("/en/") else ""):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme="dark" if dark else "light", reduced_motion="reduce")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways"
                axe(page)

    return check
