"""The demonstration's year: proposals in every state, each step at the time it would have happened."""
