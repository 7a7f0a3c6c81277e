from .changes import Change, ReferenceChange, TopicListing
from .curation import Comment, CopyRequest
from .files import Blob, File, FileKind, Page
from .imports import ImportBatch, ImportedFile, ImportedRecord, ImportProblem
from .output import Output, OutputQuerySet
from .people import Contributor, ContributorRole, CreditRole
from .version import DatePrecision, Identifier, IdentifierScheme, Relation, RelationKind, Version, VersionPmks

__all__ = [
    "Blob",
    "Change",
    "Comment",
    "Contributor",
    "ContributorRole",
    "CopyRequest",
    "CreditRole",
    "DatePrecision",
    "File",
    "FileKind",
    "Identifier",
    "IdentifierScheme",
    "ImportBatch",
    "ImportProblem",
    "ImportedFile",
    "ImportedRecord",
    "Output",
    "OutputQuerySet",
    "Page",
    "ReferenceChange",
    "Relation",
    "RelationKind",
    "TopicListing",
    "Version",
    "VersionPmks",
]
