"""What a report computes for itself from results: numbers, without a word and without a figure."""
