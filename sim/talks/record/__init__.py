"""What is recorded of the talks: summaries by round over all worlds, and how each world ended."""
