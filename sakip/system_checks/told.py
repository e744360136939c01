"""How a check tells what it found."""

from django.core.checks import Warning


def warning(number: int, message: str, hint: str) -> list[Warning]:
    """One warning: what is wrong, and in `hint` what to do."""
    return [Warning(message, hint=hint, id=f"sakip.W{number:03}")]
