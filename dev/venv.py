"""Is the virtual environment there, with exactly the pinned packages? If not, make it so.

    python3 dev/venv.py demo|dev

Started by whatever `python3` the machine has, so this file alone keeps to syntax that old Pythons can read, in order to
tell them what is missing. A set is installed again only when its requirements file has changed.
"""

import hashlib
import os
import subprocess
import sys

LEAST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
#: Each set holds the ones before it.
SETS = ("demo", "dev")


def main(wanted):
    # type: (str) -> int
    """Make or mend .venv; returns the exit status."""
    if sys.version_info < LEAST:
        return refuse(
            "Python %d.%d is too old: Python 3.11 or newer is needed. If you have one, name it: make PYTHON=python3.12"
            % sys.version_info[:2]
        )
    if wanted not in SETS:
        return refuse("Say demo or dev.")
    if installed(wanted):
        return 0
    if not os.access(ROOT, os.W_OK):
        return refuse("No permission to write in %s. Run from a folder that is yours." % ROOT)
    python = os.path.join(VENV, "bin", "python")
    if not works(python):
        say("Making .venv")
        made = subprocess.call([sys.executable, "-m", "venv", "--clear", VENV])
        if made != 0:
            return refuse("Python could not make .venv. On Debian or Ubuntu: apt-get install python3-venv")
    say("Installing requirements-%s.txt (once, about half a minute)" % wanted)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    pip.append(os.path.join(ROOT, "requirements-%s.txt" % wanted))
    if subprocess.call(pip):
        return refuse("The packages could not be installed; pip says why above. Nothing else was changed: try again.")
    for name in SETS[: SETS.index(wanted) + 1]:
        with open(stamp(name), "w") as file:
            file.write(digest(name))
    return 0


def works(python):
    # type: (str) -> bool
    """Whether a .venv is there and its Python is new enough and still starts (it may have been upgraded away)."""
    if not os.path.exists(python):
        return False
    return subprocess.call([python, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]) == 0


def installed(name):
    # type: (str) -> bool
    """Whether the set was installed from the requirements file as it is now."""
    if not os.path.exists(stamp(name)) or not works(os.path.join(VENV, "bin", "python")):
        return False
    with open(stamp(name)) as file:
        return file.read() == digest(name)


def stamp(name):
    # type: (str) -> str
    """Remembers what was installed; goes away with .venv."""
    return os.path.join(VENV, "installed-%s" % name)


def digest(name):
    # type: (str) -> str
    """Of the requirements file."""
    with open(os.path.join(ROOT, "requirements-%s.txt" % name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def say(sentence):
    # type: (str) -> None
    """Say what is going on."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def refuse(sentence):
    # type: (str) -> int
    """Say what a person can do about it."""
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "demo"))
