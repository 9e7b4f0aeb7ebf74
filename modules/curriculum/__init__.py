"""The curriculum that is shipped: files in plain text, and how they come into the database."""

from modules.curriculum.loading import load

__all__ = ["load"]
