"""H5P in the Wagtail admin: activities for editors, libraries for who decides about them."""
