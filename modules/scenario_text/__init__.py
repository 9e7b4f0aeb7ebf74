"""A scenario as one text file that people can read: how it is read and written.

The form is documented in docs/scenario-text.md. Nothing here needs Django.
"""

from modules.scenario_text.library import Library, Sound
from modules.scenario_text.reading import Reading, Told, read
from modules.scenario_text.writing import write

__all__ = ["Library", "Reading", "Sound", "Told", "read", "write"]
