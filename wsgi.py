"""Entry point for WSGI servers: `gunicorn wsgi:app`."""

from intake.app import create_app

app = create_app()
