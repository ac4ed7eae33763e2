"""Pay-outs to households: prepared from the book, sent to the bank, confirmed line by line."""
