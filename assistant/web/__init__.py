"""The chat in the browser; the only importer of gradio, and only when a page is opened."""

from assistant.web.server import serve

__all__ = ["serve"]
