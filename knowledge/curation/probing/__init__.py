"""Adversarial questions made out of the facts themselves, with what is expected of each by construction."""
