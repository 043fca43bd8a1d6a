"""Version 1 of the JSON API: one file a resource."""
