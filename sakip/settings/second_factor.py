"""The second factor: which factors there are, and who must have one."""

from sakip import environment
from sakip.settings.base import HTTPS

# Whoever decides for others has one (ASVS 6.3.3). HTTPS marks an installation in use: the demonstration
# on this machine has none, and its people share a password that everybody may read.
MFA_REQUIRED_FOR = environment.read_choices(
    "MFA_REQUIRED_FOR",
    default=["evaluators", "coordinators", "superusers"] if HTTPS else ["none"],
    choices=["none", "evaluators", "coordinators", "superusers", "everybody"],
)
MFA_ADAPTER = "sakip.sign_in.second_factor.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "sakip.sign_in.second_factor.FactorCodeForm",
    "reauthenticate": "sakip.sign_in.second_factor.FactorCodeAgainForm",
    "activate_totp": "sakip.sign_in.second_factor.AppForm",
    "add_webauthn": "sakip.sign_in.second_factor.KeyForm",
    "authenticate_webauthn": "sakip.sign_in.second_factor.GivenKeyForm",
    "reauthenticate_webauthn": "sakip.sign_in.second_factor.GivenKeyAgainForm",
}
MFA_TOTP_ISSUER = "Tindak Lanjut SAKIP"
# One step before and after, as RFC 6238 §5.2 allows: a phone is seldom exactly right, and people need
# some seconds to type. Each code still works once (sakip/sign_in/second_factor.py).
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are not verified here; coordinators write them
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
