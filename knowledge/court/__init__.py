"""Facts and gaps are proposed, weighed by what speaks for and against them, and one of four outcomes is decided."""
