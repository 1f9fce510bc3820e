"""A trained model, where there is one."""

import huggingface_hub
import pytest
from huggingface_hub.errors import LocalEntryNotFoundError


@pytest.fixture(scope="session")
def tiny_english() -> str:
    """The folder of Whisper's tiny.en in the hub's cache; without it the test is skipped."""
    try:
        return huggingface_hub.snapshot_download("Systran/faster-whisper-tiny.en", local_files_only=True)
    except LocalEntryNotFoundError:
        pytest.skip("the cache of the hub has no Systran/faster-whisper-tiny.en")
