"""The result of a check for other programs: JSON, JUnit XML and SARIF 2.1.0."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from asdelivered.subtitles.checking.check import Violation
from asdelivered.subtitles.style import Severity, Style

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_json(file: str, style: Style, cues: int, violations: Sequence[Violation], more: dict[str, Any]) -> str:
    """Return the violations as a JSON document; times in seconds. `more` is added at the top level."""
    return json.dumps(
        {
            "file": file,
            "style": style.name,
            "guide": style.title,
            "url": style.url,
            "cues": cues,
            "errors": sum(found.severity is Severity.ERROR for found in violations),
            "warnings": sum(found.severity is Severity.WARNING for found in violations),
            **more,
            "violations": [
                {
                    "cue": found.cue,
                    "line": found.line,
                    "start": found.span.start / 1000,
                    "end": found.span.end / 1000,
                    "rule": found.rule,
                    "severity": found.severity.value,
                    "measured": found.measured,
                    "limit": found.limit,
                    "source": found.source,
                }
                for found in violations
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def to_junit(file: str, style: Style, cues: int, violations: Sequence[Violation]) -> str:
    """Return the violations as JUnit XML: each rule of the style is a test, which fails with each error.

    Warnings go into its system-out, where they make nothing fail.
    """
    rules = dict.fromkeys(["overlap", "empty", *(rule.kind.value for rule in style.rules)])
    failed = {found.rule for found in violations if found.severity is Severity.ERROR}
    suite = ET.Element(
        "testsuite",
        {
            "name": f"{style.title}: {_clean(file)}",
            "tests": str(len(rules)),
            "failures": str(len(failed)),
            "errors": "0",
        },
    )
    for rule in rules:
        case = ET.SubElement(suite, "testcase", {"classname": f"asdelivered.{style.name}", "name": rule})
        errors = [found for found in violations if found.rule == rule and found.severity is Severity.ERROR]
        warnings = [
            found for found in violations if found.rule == rule and found.severity is Severity.WARNING
        ]
        if errors:
            failure = ET.SubElement(
                case, "failure", {"message": f"{len(errors)} of {cues} cues", "type": rule}
            )
            failure.text = "\n".join(map(_sentence, errors))
        if warnings:
            ET.SubElement(case, "system-out").text = "\n".join(map(_sentence, warnings))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True)


def to_sarif(file: str, style: Style, violations: Sequence[Violation]) -> str:
    """Return the violations as SARIF 2.1.0. A location is a cue, since line numbers differ between formats."""
    rules: dict[str, dict[str, Any]] = {}
    for rule in style.rules:
        entry = rules.setdefault(
            rule.kind.value,
            {
                "id": rule.kind.value,
                "shortDescription": {"text": f"{style.title}: {rule.kind.value}"},
                "fullDescription": {"text": rule.source or rule.kind.value},
            },
        )
        if style.url:
            entry["helpUri"] = style.url
    for found in violations:
        rules.setdefault(
            found.rule, {"id": found.rule, "shortDescription": {"text": f"{found.rule}: {found.source}"}}
        )
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "asdelivered check", "rules": list(rules.values())}},
                "results": [
                    {
                        "ruleId": found.rule,
                        "level": found.severity.value,
                        "message": {"text": _sentence(found)},
                        "locations": [
                            {
                                "physicalLocation": {"artifactLocation": {"uri": _uri(file)}},
                                "logicalLocations": [{"name": f"cue {found.cue}", "kind": "element"}],
                            }
                        ],
                    }
                    for found in violations
                ],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _uri(file: str) -> str:
    return quote(file)


def _sentence(found: Violation) -> str:
    start = found.span.start
    time = f"{start // 3_600_000:02}:{start // 60_000 % 60:02}:{start // 1000 % 60:02}.{start % 1000:03}"
    return f"cue {found.cue} at {time}: {found.message} ({found.source})"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
