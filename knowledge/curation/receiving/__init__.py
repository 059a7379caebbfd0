"""Documents brought into a base: for the first time, or as a later edition in which every quote is found again."""
