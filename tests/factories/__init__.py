"""Makers of rows for tests, one module for each package. They may write; nothing else in tests invents rows by hand."""
