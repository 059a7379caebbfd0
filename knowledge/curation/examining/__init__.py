"""What may be wrong with facts that load: they cannot be told apart, or tell more or less than their quotes."""
