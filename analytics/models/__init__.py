from analytics.models.monthly_count import CorrectionReason, CountStatus, MonthlyCount
from analytics.models.study import Study, StudyResearcher

__all__ = ["CorrectionReason", "CountStatus", "MonthlyCount", "Study", "StudyResearcher"]
