"""System checks for problems that appear only on a real machine; one module per subject."""

from sakip.system_checks import backup, history, network, storage  # noqa: F401 - registers them
