"""A scenario as an .h5p package that plays elsewhere, through a content type of our own."""
