"""Facts taken from other programs, each row proven or refused."""
