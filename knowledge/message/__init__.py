"""A message becomes its questions: cut, read for who does what and what is wanted, completed by the conversation."""
