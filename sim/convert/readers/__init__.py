"""Readers: one module a format, each with its name, what it knows its files by, and how it reads them."""
