"""The pages: one blueprint per noun, listed here once."""

from intake.web.home import bp as home

BLUEPRINTS = (home,)
