"""Limits, lifetimes and defaults.

Values that an office may want to change come from the environment. The others are constants here, so that
they are easy to find. Limits of signing in are in `people`, limits of a file format in the module that reads
or writes it, limits of long documents in reports/.
"""

from sakip import environment

# Reminders and mail.
REMINDER_DAYS = environment.read_days("REMINDER_DAYS", default=[30, 7, 1])  # before the due date
ESCALATION_DAYS = environment.read_int("ESCALATION_DAYS", default=14, minimum=1)  # after it
WORK_SOON_DAYS = 14  # the heading “Batas waktu dalam … hari” of an operator's work
# The figure of a quarter is due so many days after its end.
QUARTER_DUE_DAYS = environment.read_int("QUARTER_DUE_DAYS", default=15, minimum=1)
LIST_AHEAD_DAYS = 30  # the filter “Dalam … hari” of the list of renaksi
# A notice that could not be mailed for so many days is not mailed any more; it stays in the inbox.
DIGEST_DAYS = environment.read_int("DIGEST_DAYS", default=7, minimum=1)
DIGEST_ITEMS = 15  # of one kind listed in a mail; of the others the mail gives the number
EMAIL_TIMEOUT = 20  # seconds
CALENDAR_YEARS_BACK, CALENDAR_YEARS_AHEAD = 1, 3
CALENDAR_MAX_EVENTS = 2_000

# Files that people send.
EVIDENCE_MAX_MEGABYTES = environment.read_int("EVIDENCE_MAX_MEGABYTES", default=20, minimum=1)
LOGO_MAX_MEGABYTES = 2
# A stored file that no record has is removed after so long; a younger one may still get its record.
ORPHAN_HOURS = 24
# Files that come in parts (sakip/services/partial_uploads.py): of one person together, how many may be begun in so
# many minutes, and how long one waits to be finished.
PARTIAL_UPLOADS_MEGABYTES = max(200, 3 * EVIDENCE_MAX_MEGABYTES)
UPLOADS_BEGUN, UPLOADS_BEGUN_MINUTES = 200, 10
PARTIAL_UPLOAD_HOURS = 24
# A workbook beyond these limits is refused before it is parsed.
IMPORT_MAX_SIZE = environment.read_int("IMPORT_MAX_MEGABYTES", default=20, minimum=1) * 2**20
IMPORT_MAX_ROWS = environment.read_int("IMPORT_MAX_ROWS", default=50_000, minimum=100)
IMPORT_MAX_UNPACKED = 400 * 2**20  # bytes of an unpacked workbook
IMPORT_MAX_ENTRIES = 2_000  # parts of its archive

# With less room than this on a disk the program says that it is not ready (`/siap`).
DISK_MIN_FREE_MEGABYTES = environment.read_int("DISK_MIN_FREE_MEGABYTES", default=500)

# Workers of the background: how often one shows that it lives, after what silence its task begins again,
# and how often somebody looks.
WORKER_BEAT_SECONDS = 5
WORKER_SILENT_SECONDS = 25
WORKER_WATCH_SECONDS = 10

# The public verification page: the largest file to compare, and the number of files per network address.
VERIFICATION_MAX_MEGABYTES = environment.read_int("VERIFICATION_MAX_MEGABYTES", 100, minimum=1)
VERIFICATION_WAIT_MINUTES = 10
VERIFICATION_WRONG_CODES = 20
VERIFICATION_COMPARED_FILES = 30

# Pages with many fields: an LHE as a table has up to 1.500 lines of eight, each with a text.
# Beyond these limits a page says in words what was too much (sakip/views/failures.py).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 15_000
DATA_UPLOAD_MAX_NUMBER_FILES = (
    100  # thirty photos of a note, or as many files as people choose at once
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20

# The API: requests of one token in so many minutes, and how long a token may live.
API_REQUESTS = environment.read_int("API_REQUESTS", default=600, minimum=100)
API_MINUTES = 10
API_TOKENS_PER_PERSON = 10  # that are alive
API_TOKEN_DAYS = (30, 90, 180, 365)  # to choose from
API_PAGE, API_LONGEST_PAGE = 100, 500  # rows
API_TOKEN_KEPT_DAYS = 365  # after it died

# Webhooks: hosts of the office's own network, which may have private addresses; seconds for one try.
WEBHOOK_PRIVATE_HOSTS = environment.read_words("WEBHOOK_PRIVATE_HOSTS")
WEBHOOK_SECONDS = 10
WEBHOOK_LOG_DAYS = 90

# `check --deploy` warns when `verify_history` has not run for so many days.
HISTORY_CHECK_DAYS = 8

# How long something is kept. `manage.py purge` removes what is older; issued reports, history, evidence
# and records are never removed. Printed copies: STORED_FILES_KEPT_DAYS; sessions and places: `people`.
NOTICE_DAYS = 365
UNSAVED_TEXT_DAYS = 90  # what a person typed and neither saved nor threw away
SUBMISSION_DAYS = 30  # the key of a form that has made something; nobody keeps a page open so long
IMPORT_PREVIEW_DAYS = 30  # an import that nobody confirmed
IMPORT_DAYS = 2 * 365  # a written one: its workbook, and the old values with which it can be undone
WORD_READING_DAYS = 3 * 365  # since somebody last said how to read such a table
DAILY_COUNT_DAYS = 2 * 365  # then one day of each month
HISTORY_CHECK_KEPT_DAYS = 2 * 365
ADMIN_LOG_DAYS = 2 * 365

# Pages and figures.
PAGE_LENGTH = 50  # rows of a list on one page
# A list is counted up to so many rows; a longer one says “lebih dari 1.000” and is not numbered.
MOST_COUNTED = 1_000
DEFAULT_DECIMALS = 2  # of a figure, unless the indicator sets another number

# The export of the admin site writes a text that begins like a formula as text, not as a formula.
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
