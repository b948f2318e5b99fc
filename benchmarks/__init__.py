"""Benchmarks as commands: `./run bench` measures against limits; nothing here is a timed test."""
