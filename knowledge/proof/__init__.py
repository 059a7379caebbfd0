"""Fact files become facts: read record by record, every quote found in its document, every problem told."""
