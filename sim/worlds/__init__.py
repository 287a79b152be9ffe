"""The vectorised core: draws, preference tables, packages, gaps. Pure NumPy; knows no files and prints nothing.

Axes stand in one order everywhere: (sides or parties, issues, options, worlds). Worlds come last, so that every
operation runs along contiguous memory, and sums over parties or issues add whole rows in a fixed order: a world's
numbers are the same, to the last bit, in whatever block it is computed.
"""
