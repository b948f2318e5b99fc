"""The background worker: delivers what the outbox promises."""
