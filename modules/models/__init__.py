from modules.models.competency import Competency
from modules.models.h5p_library import H5PLibrary, LibraryDecision
from modules.models.h5p_package import H5PPackage, H5PUpload, H5PUse, H5PVersion
from modules.models.loaded import LoadedContent
from modules.models.module_index import ModuleIndexPage
from modules.models.module_page import ModulePage
from modules.models.recording import Recording
from modules.models.scenario import Scenario
from modules.models.version import ModuleVersion

__all__ = [
    "Competency",
    "H5PLibrary",
    "H5PPackage",
    "H5PUpload",
    "H5PUse",
    "H5PVersion",
    "LibraryDecision",
    "LoadedContent",
    "ModuleIndexPage",
    "ModulePage",
    "ModuleVersion",
    "Recording",
    "Scenario",
]
