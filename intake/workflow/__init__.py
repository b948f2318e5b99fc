"""Stages, moves and periods of a procedure: declarations and pure rules."""
