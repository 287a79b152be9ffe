"""Who sits at the table: delegations, what they prepare, demand, believe and remember, and the caucus before it."""
