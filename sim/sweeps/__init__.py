"""Running many worlds: blocks on any executor, their summary, and results on disk."""
