"""Feeds of any search: an HTTP request goes in, an Atom feed (RFC 4287) or a JSON Feed comes out.

`views` reads the same parameters as the list, `page` makes one page of a feed from rows, and `atom`
and `json_feed` write it. Entries stand in the order in which the archive received the decisions,
the newest first, so that an old decision that arrives today is at the top; pages lead back to the
first decision (RFC 5005). The room may query models and search; it changes nothing.
"""
