"""Files of many kinds become clean text in paragraphs, with what they tell of themselves."""
