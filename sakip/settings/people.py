"""Accounts, passwords, signing in and sessions."""

from sakip import environment

# Wrong passwords; the rule is in `sakip/sign_in/rate_limits.py`.
SIGN_IN_ATTEMPTS = environment.read_int("SIGN_IN_ATTEMPTS", default=5, minimum=3, maximum=25)
SIGN_IN_WAIT_MINUTES = environment.read_int("SIGN_IN_WAIT_MINUTES", default=15, minimum=1)
GUESSES_PER_ACCOUNT = 25  # a day, from all addresses together
GUESSES_PER_ADDRESS = 30  # an hour, for all accounts together
GUESSES_KEPT = 10  # of both, for accounts at an address from which they have signed in before
KNOWN_PLACE_DAYS = 180  # after the last sign-in from there
CODES_PER_ACCOUNT = 30  # a day: codes of the second factor
RESETS_PER_MAILBOX, RESETS_PER_ADDRESS = 5, 30  # an hour: mails with a link to a new password
# Both rules are in `sakip/sign_in/passwords.py`.
PASSWORDS_BY_BSSN = (
    environment.read_choice("PASSWORD_PROFILE", default="asvs", choices=["asvs", "bssn"]) == "bssn"
)
PASSWORD_MIN_LENGTH = environment.read_int("PASSWORD_MIN_LENGTH", default=12, minimum=8)
PASSWORD_DAYS = 183  # in the profile bssn: then the person has to choose a new one
PASSWORDS_REMEMBERED = 5  # in the profile bssn: the last ones that may not be chosen again
PASSWORD_RESET_HOURS = environment.read_int("PASSWORD_RESET_HOURS", default=72, minimum=1)
INVITATION_DAYS = environment.read_int("INVITATION_DAYS", default=7, minimum=1)
SESSION_HOURS = environment.read_int("SESSION_HOURS", default=10, minimum=1)  # since signing in
SESSION_IDLE_MINUTES = environment.read_int("SESSION_IDLE_MINUTES", default=30, minimum=5)
REAUTHENTICATION_MINUTES = 5  # then a sensitive page asks for the password again

AUTH_USER_MODEL = "sakip.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "sakip.sign_in.passwords.GuessableValidator"},
    {"NAME": "sakip.sign_in.passwords.SameAgainValidator"},
]
if PASSWORDS_BY_BSSN:
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "sakip.sign_in.passwords.FourKindsValidator"})
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
ACCOUNT_ADAPTER = "sakip.sign_in.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# allauth counts in the cache, where a locked database looks like too many tries, and knows no places.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = REAUTHENTICATION_MINUTES * 60
PASSWORD_RESET_TIMEOUT = PASSWORD_RESET_HOURS * 60 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "sakip.sign_in.accounts.SignInForm",
    "change_password": "sakip.sign_in.accounts.PasswordChangeForm",
    "reauthenticate": "sakip.sign_in.accounts.PasswordAgainForm",
    "reset_password": "sakip.sign_in.accounts.PasswordResetForm",
    "reset_password_from_key": "sakip.sign_in.accounts.PasswordResetKeyForm",
    "user_token": "sakip.sign_in.accounts.PasswordResetLinkForm",
}
