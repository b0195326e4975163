"""`python -m audit`: the same as the command `figure-audit`."""

from audit.cli import run

if __name__ == "__main__":
    run()
