"""What the services of this app write with; it serves the other apps too and lives in `sakip`."""

from sakip.writing import about as about
from sakip.writing import label as label
from sakip.writing import words as words
from sakip.writing import write as write
