"""An edition's site as files that open without network in twenty years: HTML, ICS, JSON, PDF, pictures."""

from conferences.exporting.folder import export, zipped

__all__ = ["export", "zipped"]
