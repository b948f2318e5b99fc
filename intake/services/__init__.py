"""Use cases: each takes the database session first and the actor by keyword, and never commits."""
