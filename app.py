"""Start the web chat: settings → store → pages. The same as ``gouji serve``, and its options."""

from __future__ import annotations

from assistant.cli import serve

if __name__ == "__main__":
    serve()
