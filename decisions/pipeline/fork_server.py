"""What the server process of `worker_pool` imports, so that each process that it forks is ready."""

from decisions.analysis import lazy_regex
from decisions.pipeline import worker_pool as worker_pool

lazy_regex.compile_all()
