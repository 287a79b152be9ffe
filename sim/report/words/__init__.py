"""What reports say: sentences, names, numbers with the digits they carry, captions and texts in place of figures."""
