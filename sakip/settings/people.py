"""Accounts, passwords, signing in and sessions."""

from sakip import environment

# Signing in: after SIGN_IN_ATTEMPTS wrong passwords an account is locked for a time.
SIGN_IN_ATTEMPTS = environment.read_int("SIGN_IN_ATTEMPTS", default=5, minimum=3)
SIGN_IN_WAIT_MINUTES = environment.read_int("SIGN_IN_WAIT_MINUTES", default=5, minimum=1)
SIGN_IN_ATTEMPTS_PER_ADDRESS = 10  # wrong passwords a minute, for all accounts together
PASSWORD_MIN_LENGTH = environment.read_int("PASSWORD_MIN_LENGTH", default=12, minimum=8)
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
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reports:home"
ACCOUNT_ADAPTER = "sakip.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# All limits of allauth that apply here, in its notation: /m per minute; ip: network address; key: typed
# name; user: signed-in person. No other limit has a longer period than the first one.
ACCOUNT_RATE_LIMITS = {
    "login_failed": (
        f"{SIGN_IN_ATTEMPTS_PER_ADDRESS}/m/ip,{SIGN_IN_ATTEMPTS}/{SIGN_IN_WAIT_MINUTES}m/key"
    ),
    "login": "30/m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = REAUTHENTICATION_MINUTES * 60
PASSWORD_RESET_TIMEOUT = PASSWORD_RESET_HOURS * 60 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "sakip.accounts.SignInForm",
    "change_password": "sakip.accounts.PasswordChangeForm",
    "reauthenticate": "sakip.accounts.PasswordAgainForm",
    "reset_password": "sakip.accounts.PasswordResetForm",
    "reset_password_from_key": "sakip.accounts.PasswordResetKeyForm",
}
