"""The settings of every installation. Values that differ come from the environment or `.env`.

Each module holds one subject and imports those that it needs.
"""

from sakip.settings.base import *
from sakip.settings.data import *
from sakip.settings.identity import *
from sakip.settings.limits import *
from sakip.settings.mail import *
from sakip.settings.people import *
from sakip.settings.second_factor import *
from sakip.settings.security import *
from sakip.settings.watching import *
