"""What every test stands on: no network, a store of its own, the real reports if there are any."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

# Read by the libraries when they are imported, which is after this file.
os.environ.update(
    HF_HUB_OFFLINE="1",
    GRADIO_ANALYTICS_ENABLED="False",
    ANONYMIZED_TELEMETRY="False",
    TOKENIZERS_PARALLELISM="false",
)

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("GOUJI_SHARED", ROOT.parent / "shared"))
ON_CI = os.environ.get("CI", "").lower() == "true"
LOOPBACK = {"127.0.0.1", "::1", "localhost", "", None}

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = [
    "--no-sandbox",  # needed as root, as in a container
    "--disable-gpu",
    # Without these it asks for hosts of its own, which are none of the page's doing.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]

# Two workers on two cores make any deadline a matter of luck; CI gets Hypothesis' own "ci" profile.
if not ON_CI:
    hypothesis_settings.register_profile("here", deadline=None)
    hypothesis_settings.load_profile("here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser's tests in one worker, and measure no coverage where that is slow.

    Each of the browser's tests starts Chromium (`--dist loadgroup`). Slow tests go the same
    roads thousands of times: under coverage they take two to three times as long, and what
    only they reach should have a fast test of its own.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))
        elif item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty GOUJI_STORE for each test; no other setting of the developer's reaches it."""
    for name in [name for name in os.environ if name.startswith("GOUJI_")]:
        if name != "GOUJI_SHARED":
            monkeypatch.delenv(name)
    store = tmp_path / "store"
    monkeypatch.setenv("GOUJI_STORE", str(store))
    return store


@pytest.fixture(autouse=True, scope="session")
def no_names_looked_up() -> Iterator[None]:
    """Name look-ups leave the machine too: pytest-socket guards connections only."""
    true_lookup = socket.getaddrinfo

    def lookup(host: Any, *rest: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name not in LOOPBACK:
            raise RuntimeError(f"a test tried to look up {name!r}; only loopback is allowed")
        return true_lookup(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lookup)
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports (`../shared`, or `$GOUJI_SHARED`), which is not part of Gouji.

    Where it is absent the test is skipped; on CI, which has it, the test fails.
    """
    if not (SHARED / "seeds").is_dir():
        reason = f"no real reports in {SHARED}; set GOUJI_SHARED to their folder"
        if ON_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return SHARED


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all sample reports, built once."""
    from index.build import build
    from index.storage.embed import load_embedder

    folder = tmp_path_factory.mktemp("examples") / "store"
    steps = list(build(sorted((ROOT / "examples").glob("*.txt")), folder, load_embedder(None)))
    assert {step.outcome for step in steps} == {"added"}
    return folder


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A tab of the system's Chromium, for loopback only: a request elsewhere fails the file.

    Of module scope, so that Playwright's event loop is gone before the next file's tests.
    """
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        reason = f"no {CHROMIUM}; install Debian's package chromium"
        if ON_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    refused: list[str] = []

    def route(request: Route) -> None:
        url = request.request.url
        if url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:")):
            request.continue_()
        else:
            refused.append(url)
            request.abort()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS, headless=True
        )
        tab = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="zh-CN"
        ).new_page()
        tab.route("**/*", route)
        yield tab
        browser.close()
    assert not refused, f"the page asked for {refused}"
