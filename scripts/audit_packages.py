"""Usage: python scripts/audit_packages.py LOCKFILE

Asks the package index for known holes in the locked packages and ends with 1 when there is one. An index
without advisories, such as a mirror within an office, or no network at all audits nothing: then this says
so and ends with 0, because the check of the code must work offline.

IGNORED lists holes that do not concern us, each with its reason.
"""

import json
import subprocess
import sys

IGNORED: dict[str, str] = {}  # id of the advisory: reason


def main(lockfile):
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--requirement", lockfile]
    command += [
        "--require-hashes",
        "--format",
        "json",
        "--progress-spinner",
        "off",
        "--timeout",
        "5",
    ]
    command += [word for advisory in IGNORED for word in ("--ignore-vuln", advisory)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - all ours
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return _not_audited(done.stderr.strip().rpartition("\n")[2])
    audited = [package for package in packages if "vulns" in package]
    if not audited:
        return _not_audited("the package index tells no advisories")
    holes = [(package, hole) for package in audited for hole in package["vulns"]]
    for package, hole in holes:
        better = ", ".join(hole["fix_versions"]) or "no version yet"
        _say(f"{package['name']} {package['version']}: {hole['id']}, mended in {better}")
    _say(f"{len(audited)} of {len(packages)} packages audited, {len(holes)} known holes.")
    return bool(holes)


def _not_audited(why):
    _say(f"NOT AUDITED: {why}. Run this again where the public package index can be reached.")
    return 0


def _say(words):
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
