"""What makes a party: concession, offering, opponent models, judgement, and the decision rules of sides. Pure NumPy."""
