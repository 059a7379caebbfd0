"""Facts proposed for the sentences of a document: quote, frame, speaker, kinds of answer."""
