"""Prints what the archive is made of: `python deploy/sbom.py`, a CycloneDX 1.6 file in JSON.

It lists the packages of requirements.lock with their versions and hashes. The same lock gives the
same file. Needs nothing but Python, so that the image can be described where it is built.
"""

import json
import re
import tomllib
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_PACKAGE = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill_of_materials(lock: str, project: dict[str, str]) -> dict[str, object]:
    """The file's content for a lock file and `name` and `version` of the project."""
    packages = list(_PACKAGE.finditer(lock))
    ends = [package.start() for package in packages[1:]] + [len(lock)]
    components = [
        _component(package[1], package[2], lock[package.start() : end])
        for package, end in zip(packages, ends, strict=True)
    ]
    reference = f"{project['name']}@{project['version']}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": reference,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
        "dependencies": [
            {"ref": reference, "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }


def _component(name: str, version: str, text: str) -> dict[str, object]:
    address = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        # One file for each platform; which of them is installed depends on the machine.
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"{address}#{digest}",
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
            for digest in _HASH.findall(text)
        ],
    }


def main() -> None:
    """Print the bill of materials of this checkout."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "requirements.lock").read_text()
    print(json.dumps(bill_of_materials(lock, project), indent=1))


if __name__ == "__main__":
    main()
