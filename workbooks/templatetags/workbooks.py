"""Which workbook a table of the admin site belongs to."""

from django import template

from workbooks.kinds import of_model
from workbooks.permissions import workbook_policy

register = template.Library()


@register.simple_tag(takes_context=True)
def workbook_of(context, opts):
    """(kind, may export, may import) for the model of these options, None where it stands in no workbook."""
    if (kind := of_model(opts.model)) is None:
        return None
    user = context["request"].user
    rights = [workbook_policy.check(user, action) for action in ("export", "import")]
    return kind, *rights
