"""Words and what they mean: normal form, vocabularies, numbers, slips, and other languages put into English words."""
