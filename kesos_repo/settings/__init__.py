"""Settings, one part a file; what differs between machines comes from the environment.

See docs/administrators/settings.md.
"""

from .base import *  # noqa: F403
from .identity import *  # noqa: F403
from .security import *  # noqa: F403
