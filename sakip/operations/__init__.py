"""What the people who look after the server see and set: outages, waits, readiness, figures, log."""
