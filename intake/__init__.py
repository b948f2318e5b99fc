"""Intake of breakthrough initiatives under Plan 01-KH/BCĐTW: from the official template to the committee's decision."""
