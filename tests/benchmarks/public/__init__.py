"""Public sets put to the engine, beside BM25 and `token_set_ratio`: how it ranks on texts nobody has curated."""
