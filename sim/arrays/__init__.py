"""What arrays hold, how they are summed, and when two of their numbers are the same: the ground that all others use."""
