from assessments.models.self_rating import SelfRating

__all__ = ["SelfRating"]
