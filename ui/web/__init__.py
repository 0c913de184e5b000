"""The web page and its HTTP API, in Gradio: `build_app` makes it, `serve` runs it until it is stopped."""

from ui.web.app import build_app, serve

__all__ = ["build_app", "serve"]
