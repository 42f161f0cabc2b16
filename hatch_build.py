"""Pack the knowledge into the wheel: one JSON file of the YAML, and the fingerprints of texts."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackKnowledge(BuildHookInterface[Any]):
    """Write `openaudit/_data/` into the wheel; an editable install reads the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the packed file to what the wheel holds."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from openaudit.clauses.branches import of_rules  # noqa: PLC0415  # importable from here on
        from openaudit.clauses.prepared import dump  # noqa: PLC0415
        from openaudit.data import (  # noqa: PLC0415
            DISCOVERY,
            POLICIES,
            PREPARED,
            SPDX_LIST,
            build,
            dumps,
            pack,
            pack_evidence,
            pack_frameworks,
            packed_text,
            read_yaml,
        )

        self._directory = tempfile.TemporaryDirectory(prefix="openaudit-data-")
        packed = Path(self._directory.name, "data.json")
        packed.write_text(packed_text(pack(Path(self.root))), encoding="utf-8")
        build_data["force_include"][str(packed)] = "openaudit/_data/data.json"
        evidence = Path(self._directory.name, "evidence.json")
        evidence.write_text(dumps(pack_evidence(Path(self.root))), encoding="utf-8")
        build_data["force_include"][str(evidence)] = "openaudit/_data/evidence.json"
        frameworks = Path(self._directory.name, "frameworks.json")
        frameworks.write_text(pack_frameworks(Path(self.root)), encoding="utf-8")
        build_data["force_include"][str(frameworks)] = "openaudit/_data/frameworks.json"
        discovery = packed.with_name("discovery.json")
        discovery.write_text(dumps(read_yaml(Path(self.root, DISCOVERY))), encoding="utf-8")
        build_data["force_include"][str(discovery)] = "openaudit/_data/discovery.json"
        prepared = Path(self._directory.name, PREPARED)
        rules = build(packed.read_text(encoding="utf-8")).clauses
        prepared.write_text(dump(of_rules(rules.values())), encoding="utf-8")
        build_data["force_include"][str(prepared)] = f"openaudit/_data/{PREPARED}"
        fingerprints = Path(self.root, "licenses", "fingerprints.bin")
        build_data["force_include"][str(fingerprints)] = "openaudit/_data/fingerprints.bin"
        for rule in sorted(Path(self.root, "rules", "clauses").glob("*.yaml")):
            # `openaudit rules test` runs the examples, which the packed file does without.
            build_data["force_include"][str(rule)] = f"openaudit/_data/rules/{rule.name}"
        for policy in sorted(Path(self.root, POLICIES).glob("*.yaml")):
            # A policy is read with its lines, and only where one is asked for.
            build_data["force_include"][str(policy)] = f"openaudit/_data/policies/{policy.name}"
        listed = Path(self.root, SPDX_LIST)
        build_data["force_include"][str(listed)] = "openaudit/_data/spdx.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary directory."""
        del build_data, artifact_path
        if version != "editable":
            self._directory.cleanup()
