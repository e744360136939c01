"""What the operator's watchmen ask: figures for Prometheus. What they probe is in `sakip/operations/readiness.py`."""

from sakip import environment

# Where the figures are listened for, apart from the program's own address; nothing when it is empty.
METRICS_ADDRESS = environment.read_address("METRICS_ADDRESS")
# Where the processes count together. gunicorn makes a directory when none is named; a worker that runs as
# a service of its own needs the same one.
METRICS_DIRECTORY = environment.read_text("METRICS_DIRECTORY")
