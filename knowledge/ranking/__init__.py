"""What is near to some words, and how near beside all others: rankings of texts, and shares out of signals."""
