"""Align lines with aeneas; runs in the environment that benchmarks/aeneas_env.sh creates.

usage: run_aeneas.py LINES RECORDING OUT.json LANGUAGE MARGIN

LINES is a UTF-8 file with one line of the text per line; LANGUAGE is an ISO 639-3 code; MARGIN is that of the DTW, in
seconds. OUT.json will be an alignment of lines only: {"lines": [{"text", "start", "end"}]}, in seconds.
"""

import json
import sys
from pathlib import Path

from aeneas.executetask import ExecuteTask  # type: ignore[import-not-found]
from aeneas.runtimeconfiguration import RuntimeConfiguration  # type: ignore[import-not-found]
from aeneas.syncmap import SyncMapFragment  # type: ignore[import-not-found]
from aeneas.task import Task  # type: ignore[import-not-found]


def align(lines: Path, recording: Path, language: str, margin: float) -> list[dict[str, str | float]]:
    """Return each line of the file with its start and end in seconds; aeneas leaves none out."""
    settings = RuntimeConfiguration()
    settings[RuntimeConfiguration.TTS] = "espeak-ng"
    # espeak-ng speaks at 22,050 Hz. If the recording is read at another rate, which is the default, aeneas silently
    # stretches every time by the ratio of the two.
    settings[RuntimeConfiguration.FFMPEG_SAMPLE_RATE] = 22050
    settings[RuntimeConfiguration.DTW_MARGIN] = margin
    task = Task(f"task_language={language}|os_task_file_format=json|is_text_type=plain", rconf=settings)
    task.audio_file_path_absolute = str(recording)
    task.text_file_path_absolute = str(lines)
    ExecuteTask(task, rconf=settings).execute()
    found = task.sync_map_leaves(SyncMapFragment.REGULAR)
    return [
        {"text": fragment.text, "start": float(fragment.begin), "end": float(fragment.end)}
        for fragment in found
    ]


def main() -> None:
    """Read the command line, align, write."""
    lines, recording, out, language, margin = sys.argv[1:]
    found = align(Path(lines), Path(recording), language, float(margin))
    Path(out).write_text(json.dumps({"lines": found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
