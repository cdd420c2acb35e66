"""A server on loopback that speaks as OpenAI's do, well and badly, for the real client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

PIECE = 5
USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


@dataclass(frozen=True)
class Says:
    """One reply: ``text`` or ``calls`` (name, arguments); or something else than a reply.

    ``status`` other than 200 is an error, ``raw`` is sent as it is, ``hangs`` sends a beginning and
    then nothing more, ``usage`` whether it says what the call cost.
    """

    text: str = ""
    calls: tuple[tuple[str, dict[str, Any]], ...] = ()
    status: int = 200
    raw: bytes | None = None
    hangs: bool = False
    usage: bool = True


@dataclass
class Double:
    """The server: ``says`` in turn, the last again and again; ``asked`` are the requests so far."""

    says: tuple[Says, ...]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def reply(self) -> Says:
        return self.says[min(len(self.asked), len(self.says)) - 1]


@contextmanager
def openai_double(*says: Says) -> Iterator[Double]:
    """Run the server while a test uses it."""
    double = Double(says)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(double))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    double.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield double
    finally:
        double.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(double: Double) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            double.keys.append(self.headers.get("Authorization", ""))
            double.asked.append({"path": self.path, **json.loads(body)})
            say = double.reply()
            stream = bool(double.asked[-1].get("stream"))
            kind = "text/event-stream" if stream and say.status == 200 else "application/json"
            self.send_response(say.status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            try:
                for piece in _pieces(say, stream=stream):
                    self.wfile.write(piece)
                    self.wfile.flush()
                if say.hangs:
                    double.ended.wait(30)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client has had enough, which is what is tested

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _pieces(say: Says, *, stream: bool) -> Iterator[bytes]:
    if say.raw is not None:
        yield say.raw
    elif say.status != 200:
        yield json.dumps({"error": {"message": "secret-of-the-server", "type": "x"}}).encode()
    elif not stream:
        yield json.dumps(_whole(say)).encode()
    else:
        deltas = [{"role": "assistant", "content": ""}]
        deltas += [{"content": say.text[at : at + PIECE]} for at in range(0, len(say.text), PIECE)]
        deltas += [{"tool_calls": _calls(say)}] if say.calls else []
        for delta in deltas:
            yield _event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        if say.hangs:
            return
        reason = "tool_calls" if say.calls else "stop"
        yield _event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        if say.usage:
            yield _event({"choices": [], "usage": USAGE})
        yield b"data: [DONE]\n\n"


def _event(part: dict[str, Any]) -> bytes:
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "double"}
    return f"data: {json.dumps({**head, **part})}\n\n".encode()


def _whole(say: Says) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": say.text}
    if say.calls:
        message["tool_calls"] = _calls(say)
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    head = {"id": "c1", "object": "chat.completion", "created": 1, "model": "double"}
    return {**head, "choices": [choice], "usage": USAGE if say.usage else None}


def _calls(say: Says) -> list[dict[str, Any]]:
    return [
        {
            "index": number,
            "id": f"call_{number}",
            "type": "function",
            "function": {"name": name, "arguments": json.dumps(arguments)},
        }
        for number, (name, arguments) in enumerate(say.calls)
    ]
