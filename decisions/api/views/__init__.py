"""The views of the API, by subject; each answers GET and HEAD as `base.ApiView` says."""
