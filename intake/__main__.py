"""`python -m intake`: the command line, also for the worker that `serve` starts."""

from intake.cli import main

main()
