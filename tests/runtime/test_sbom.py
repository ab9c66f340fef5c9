"""The bill of materials that the image and each release have."""

import json
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_the_bill_of_materials_lists_every_locked_package_with_its_hashes():
    lock = (ROOT / "requirements.lock").read_text()
    command = [sys.executable, ROOT / "deploy" / "sbom.py"]
    first, second = (subprocess.check_output(command, text=True) for _ in range(2))
    assert first == second
    bill = json.loads(first)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    listed = {f"{part['name']}=={part['version']}": part for part in bill["components"]}
    locked = re.findall(r"^\S+==\S+", lock, re.MULTILINE)
    assert sorted(listed) == sorted(locked)
    hashes = [
        item["hashes"][0]["content"]
        for part in listed.values()
        for item in part["externalReferences"]
    ]
    assert sorted(hashes) == sorted(re.findall(r"sha256:(\w+)", lock))
    assert bill["dependencies"][0]["dependsOn"] == [part["purl"] for part in listed.values()]
