"""Usage: make_env.py FILE. Writes a new secret key into FILE, unless FILE already has one or names its file."""

import os
import re
import secrets
import sys
from pathlib import Path

path = Path(sys.argv[1])
lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []

if not any(re.match(r"\s*SECRET_KEY(_FILE)?\s*=\s*\S", line) for line in lines):
    lines = [line for line in lines if not re.match(r"\s*SECRET_KEY\s*=", line)]
    lines.append(f"SECRET_KEY={secrets.token_urlsafe(64)}")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")
    path.chmod(0o600)
