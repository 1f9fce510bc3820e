"""The bill of materials of a release: it names what uv.lock installs, all of it, and is the same each time."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from uv import find_uv_bin

REPOSITORY = Path(__file__).resolve().parent.parent
SCRIPT = REPOSITORY / "scripts" / "bill_of_materials.py"


def written(path: Path) -> bytes:
    subprocess.run([sys.executable, SCRIPT, path], check=True, timeout=120)
    return path.read_bytes()


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(tmp_path_factory.mktemp("bill") / "dist" / "bill.cdx.json")


@pytest.fixture(scope="module")
def bill(content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    return found


def test_it_is_cyclonedx_of_this_program(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert bill["metadata"]["component"]["name"] == "asdelivered"


def test_it_has_every_locked_package_in_its_version(bill: dict[str, Any]) -> None:
    command = ["export", "--quiet", "--frozen", "--no-default-groups", "--no-emit-project", "--no-hashes"]
    command += ["--extra=clips", "--extra=whisper", "--extra=ctc"]
    run = subprocess.run(
        [find_uv_bin(), *command], cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=120
    )
    wanted = {found[0]: found for found in re.findall(r"^([\w.-]+)==([^\s;]+)", run.stdout, re.MULTILINE)}
    assert len(wanted) > 50
    found = {(one["name"], one["version"]) for one in bill["components"]}
    assert {*wanted.values()} <= found
    assert {name for name, _ in found} == {*wanted}


def test_each_package_has_a_hash_an_address_and_mostly_a_licence(bill: dict[str, Any]) -> None:
    for one in bill["components"]:
        assert one["purl"].startswith(f"pkg:pypi/{one['name']}@{one['version']}")
        files = one["externalReferences"]
        assert files, one["name"]
        assert all(re.fullmatch(r"[0-9a-f]{64}", file["hashes"][0]["content"]) for file in files)
    licensed = [one for one in bill["components"] if one.get("licenses")]
    assert len(licensed) > 0.9 * len(bill["components"])


def test_what_needs_what_is_in_it(bill: dict[str, Any]) -> None:
    known = {one["bom-ref"] for one in (*bill["components"], bill["metadata"]["component"])}
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    assert {*needs} == known
    assert {other for others in needs.values() for other in others} <= known
    assert len(needs[bill["metadata"]["component"]["bom-ref"]]) > 20


def test_the_same_lock_file_gives_the_same_bytes(content: bytes, tmp_path: Path) -> None:
    assert written(tmp_path / "again.json") == content
