"""H5P packages of others: checked, stored once, approved, and served apart from the site."""
