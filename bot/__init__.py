"""How people reach what is known: in a terminal, from a program, and on Telegram."""
