from modules.models.competency import Competency
from modules.models.loaded import LoadedContent
from modules.models.module_index import ModuleIndexPage
from modules.models.module_page import ModulePage
from modules.models.recording import Recording
from modules.models.scenario import Scenario
from modules.models.version import ModuleVersion

__all__ = [
    "Competency",
    "LoadedContent",
    "ModuleIndexPage",
    "ModulePage",
    "ModuleVersion",
    "Recording",
    "Scenario",
]
