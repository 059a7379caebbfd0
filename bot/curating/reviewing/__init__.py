"""`verbatim review`: a desk in the terminal, the document on the one side and its facts and drafts on the other."""
