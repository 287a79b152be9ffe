"""How the rounds of a meeting go: one module a protocol, and what lies on the table meanwhile."""
