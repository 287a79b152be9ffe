"""Models of outcomes from positions: what each expects of the same talks, and how each did where the outcome is known."""
