"""How staff sign in: a password, a second factor, lock-out after failures, sessions that end.

In: requests to the admin. Out: the pages of the second factor, and one line in the log for each
sign-in. It may read and write users' devices; the admin (`ombudsman/admin_site.py`) asks it who may
enter.
"""
