"""Whether the virus scanner that is set answers. Without its word no file is taken."""

from django.conf import settings
from django.core.checks import Tags, register

from sakip.system_checks.told import warning
from sakip.uploads import scanner


@register(Tags.files, deploy=True)
def check_virus_scanner(app_configs, **kwargs):
    if problem := scanner.problem():
        return warning(
            30,
            f"The virus scanner at {settings.CLAMD_ADDRESS} does not answer ({problem}): no file will be taken.",
            "Start clamd, or correct CLAMD_ADDRESS.",
        )
    return []
