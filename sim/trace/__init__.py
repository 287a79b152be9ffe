"""One world's moves: the same engine, a block of one world, and a recorder that writes down what it did and why."""
