"""What a curator is shown and asked in a terminal, a module for each command."""
