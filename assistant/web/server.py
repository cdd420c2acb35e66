"""Serving the pages on this machine, with nothing sent anywhere else."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from assistant.web.desk import Desk
from assistant.web.languages import words
from index.errors import GoujiError

if TYPE_CHECKING:
    import gradio as gr

HOST = "127.0.0.1"
PORT = 7860
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SESSIONS = 1000
"""Conversations kept at most; the oldest are forgotten first."""
LARGEST_UPLOAD = "200mb"

QUIET_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_SHARE": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
"""Set when serving, so that gradio asks and tells nobody."""


def serve(
    desk: Desk, host: str = HOST, port: int = PORT, open_browser: bool = False
) -> None:  # pragma: no cover - `start` is what the tests drive; this one blocks
    """Open the pages and stay until Ctrl+C.

    Raises:
        GoujiError: the port is in use or the address is not this machine's.
    """
    pages, url = start(desk, host, port, open_browser=open_browser)
    print(words(None).opened.format(url=url), flush=True)
    pages.block_thread()


def start(
    desk: Desk, host: str = HOST, port: int = PORT, *, open_browser: bool = False
) -> tuple[gr.Blocks, str]:
    """Open the pages and return at once: the running pages (``close`` ends them) and address.

    Raises:
        GoujiError: the port is in use or the address is not this machine's.
    """
    _claim(host, port)
    _keep_quiet()
    from assistant.web.page import STATIC, build, static
    from assistant.web.theme import theme

    pages = build(desk)
    try:
        _, url, _ = pages.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            show_error=False,
            ssr_mode=False,
            pwa=False,
            mcp_server=False,
            enable_monitoring=False,
            run_history=False,
            footer_links=[],
            state_session_capacity=SESSIONS,
            max_file_size=LARGEST_UPLOAD,
            favicon_path=STATIC / "favicon.svg",
            theme=theme(),
            css=static("gouji.css"),
            js=static("page.js"),
        )
    except OSError as error:
        raise _in_use(port) from error
    return pages, url


def _claim(host: str, port: int) -> None:
    """Find out before anything heavy is imported whether the address can be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise GoujiError(
            f"地址 {host} 无法识别 (unknown address)。", advice="请用 --host 127.0.0.1。"
        ) from error
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError as error:
            raise GoujiError(
                f"没有权限使用端口 {port} (not permitted)。", advice=f"请用 --port {PORT}。"
            ) from error
        except OSError as error:
            raise _in_use(port) from error


def _in_use(port: int) -> GoujiError:
    return GoujiError(
        f"端口 {port} 已被占用 (port {port} is already in use)。",
        advice=f"请换一个端口，例如 --port {port + 1} (choose another with --port)。",
    )


def _keep_quiet() -> None:
    """Environment defaults for gradio: no analytics, and this machine is never proxied."""
    for name, value in QUIET_GRADIO.items():
        os.environ.setdefault(name, value)
    for name in ("no_proxy", "NO_PROXY"):
        known = [part for part in os.environ.get(name, "").split(",") if part]
        os.environ[name] = ",".join(dict.fromkeys([*known, *LOOPBACK]))
