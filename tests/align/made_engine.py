"""What the engines that tests make have in common."""

from asdelivered.align.engines.engine import Setting


class MadeEngine:
    """An engine of one version, without settings."""

    def version(self) -> str:
        """Return its version."""
        return "1"

    def settings(self) -> dict[str, Setting]:
        """Return no settings."""
        return {}
