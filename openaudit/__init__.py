"""Audit AI model releases: how open they are, and what their licenses allow."""

__version__ = "0.1.0"
