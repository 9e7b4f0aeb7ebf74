"""The curriculum that is shipped: files in plain text, and how they come into the database."""

from modules.curriculum.loading import Loaded, load, load_module

__all__ = ["Loaded", "load", "load_module"]
