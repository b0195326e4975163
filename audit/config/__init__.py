"""The configuration: what figure-audit.toml or pyproject.toml say about the documents below them."""

from audit.config.find import Configurations
from audit.config.load import ConfigError, Configuration, load
from audit.config.settings import FAIL_LEVELS, Settings

__all__ = ["FAIL_LEVELS", "ConfigError", "Configuration", "Configurations", "Settings", "load"]
