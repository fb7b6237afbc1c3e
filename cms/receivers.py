"""Keeps the listing in step with what Wagtail publishes."""
