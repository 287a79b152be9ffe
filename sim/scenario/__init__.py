"""The scenario file: its format, reading and checking it, and what it compiles to."""
