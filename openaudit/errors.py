"""Every exception openaudit raises on purpose, each with the exit code it stands for.

OpenauditError
├── UsageError            2   the call, the configuration or a file of the user's is wrong
│   ├── ReferenceInvalid      a reference that names nothing
│   └── DataInvalid           a rule, profile, record or configuration file: says file, field, what
├── SourceError           3   could not audit
│   ├── ReleaseNotFound       there is no such release, revision or path
│   ├── ReleaseUnavailable    it exists and cannot be read: disabled
│   ├── HubUnreachable        no network, a time-out, a hub that answers badly for too long
│   └── InputUnreadable       a local file or bundle that is damaged or not what it says
└── ReaderGone          141   nobody reads standard output any more; not worth a word

A gated release is none of these: it is a result (`model.document.Missing`).
"""


class OpenauditError(Exception):
    """A failure the user can act on: one line that says what, where, and what to do."""

    exit_code = 70


class UsageError(OpenauditError):
    """The call, or a file the user wrote, is wrong."""

    exit_code = 2


class ReferenceInvalid(UsageError):
    """A reference that cannot name a release; the message says what would."""


class DataInvalid(UsageError):
    """A YAML or configuration file is wrong; the message starts with its path and field."""


class SourceError(OpenauditError):
    """The release could not be audited."""

    exit_code = 3


class ReleaseNotFound(SourceError):
    """The hub, catalog or disk holds no such release or revision."""


class ReleaseUnavailable(SourceError):
    """The release is there, but its hub gives it to nobody."""


class HubUnreachable(SourceError):
    """The hub did not answer, or not usably, within the time limit."""


class InputUnreadable(SourceError):
    """A local file or bundle cannot be read as what it claims to be."""


class ReaderGone(OpenauditError):
    """Standard output was closed by its reader, as `head` does; the code is a shell's for it."""

    exit_code = 141
