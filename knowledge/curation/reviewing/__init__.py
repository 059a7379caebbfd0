"""Drafts become facts: what a curator accepts, changes, splits, merges and leaves out."""
