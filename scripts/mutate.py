"""Usage: python scripts/mutate.py [GROUP…] (make mutate ARGS="numbers dates"; without names, every group)

Mutation testing of what decides and reckons: mutmut changes the code in one place at a time and runs the tests
that belong to it. A change that no test notices survives; docs/mutasi.md says of each why it may. mutmut works on a
copy of the tree in build/mutate, and knows there what it has asked before.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ["sakip", "performance", "recommendations", "workbooks", "reports", "api"]
# Each group: modules, and the tests that must notice what is changed in them.
GROUPS = {
    "numbers": (["sakip/numbers.py"], ["tests/sakip/test_numbers.py"]),
    "dates": (["sakip/dates.py"], ["tests/sakip/test_dates.py"]),
    "spelling": (["sakip/spelling.py"], ["tests/sakip/test_spelling.py"]),
    "notation": (["sakip/notation.py"], ["tests/workbooks/word/test_notation.py"]),
    "policy": (["sakip/policy.py"], ["tests/sakip/test_policy.py"]),
    "transitions": (
        ["recommendations/transitions.py"],
        ["tests/recommendations/test_workflow_transitions.py"],
    ),
    "status": (
        ["recommendations/rules/status.py", "recommendations/rules/progress.py"],
        ["tests/recommendations/test_status_rules.py"],
    ),
    "grades": (
        ["recommendations/rules/grades.py", "recommendations/rules/score_comparison.py"],
        [
            "tests/recommendations/test_scoring.py",
            "tests/recommendations/test_comparison_rules.py",
            "tests/recommendations/test_comparison_source.py",
            "tests/recommendations/test_score_words.py",
        ],
    ),
    "simulation": (
        ["recommendations/rules/score_simulation.py", "recommendations/rules/follow_up_bands.py"],
        [
            "tests/recommendations/test_simulation.py",
            "tests/recommendations/test_simulation_rules.py",
            "tests/recommendations/test_follow_up_criterion.py",
        ],
    ),
    "reckoning": (
        ["performance/rules/change_and_achievement.py", "performance/rules/ranks.py"],
        [
            "tests/performance/test_calculations.py",
            "tests/performance/test_ranks.py",
            "tests/performance/test_exact_words.py",
        ],
    ),
    "quarters": (
        ["performance/rules/quarters.py"],
        ["tests/performance/test_quarter_rules.py", "tests/performance/test_quarters.py"],
    ),
}
STATUS = {0: "survived", 33: "survived", 36: "timeout", -24: "timeout", 24: "timeout", 152: "timeout"}  # fmt: skip
COPIED = ["manage.py", "pyproject.toml", "requirements.txt", "requirements.lock", "CHANGELOG.md", "docs", "fixtures", "static", "templates", "tests"]  # fmt: skip


def main(names):
    chosen = names or list(GROUPS)
    if unknown := set(chosen) - set(GROUPS):
        sys.exit(f"No such group: {', '.join(sorted(unknown))}. There are {', '.join(GROUPS)}.")
    rows = [row for name in chosen for row in mutate(name)]
    say("\n| module | mutants | killed | survived |\n|---|---|---|---|")
    for module, found in rows:
        survived = found["survived"]
        say(f"| {module} | {found.total()} | {found.total() - survived} | {survived} |")


def mutate(name):
    """(module, how many of its mutants were killed, survived, ran out of time) of each module of the group."""
    modules, tests = GROUPS[name]
    folder = ROOT / "build" / "mutate" / name
    bring_tree(folder)
    _configure(folder, modules, tests)
    for module in modules:
        _forget_survivors(folder / "mutants" / f"{module}.meta")
    say(f"── {name}")
    run = [*_command(), "run", "--max-children", os.environ.get("WORKERS", "1")]
    subprocess.run(run, cwd=folder, check=True)  # noqa: S603  every word is ours
    for module in modules:
        results = json.loads((folder / "mutants" / f"{module}.meta").read_text())
        found = Counter()
        for mutant, code in results["exit_code_by_key"].items():
            found[STATUS.get(code, "killed")] += 1
            if STATUS.get(code) == "survived":
                subprocess.run([*_command(), "show", mutant], cwd=folder, check=True)  # noqa: S603
        yield module, found


def _forget_survivors(kept):
    """Has them asked again: mutmut sees when the code changes, not when a test does."""
    if kept.exists():
        results = json.loads(kept.read_text())
        codes = results["exit_code_by_key"]
        for mutant in codes:
            if STATUS.get(codes[mutant]) == "survived":
                codes[mutant] = None
        kept.write_text(json.dumps(results))


def _command():
    return [str(Path(sys.executable).with_name("mutmut"))]


def bring_tree(folder):
    """The work tree as it is now. mutmut sees by the times of the files which of them have changed."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(  # noqa: S603  every word is ours
        [*listing, *APPS, *COPIED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file() and not (target.exists() and _time(target) == _time(source)):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def _time(path):
    return path.stat().st_mtime


def _configure(folder, modules, tests):
    settings = {
        "source_paths": APPS,
        "only_mutate": modules,
        "also_copy": COPIED,
        # Hostile texts by chance take long, and find nothing that the written ones do not.
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "--durations=0", "-k", "not hostile"],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = (f"{key}=\n" + "".join(f"    {one}\n" for one in values) for key, values in settings.items())  # fmt: skip
    (folder / "setup.cfg").write_text("[mutmut]\n" + "".join(lines))


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
