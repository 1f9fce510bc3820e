from asdelivered.media.browser_media import MEDIA_TYPES
from asdelivered.media.endings import RECORDING_ENDINGS


def test_whatever_browsers_play_is_a_recording() -> None:
    assert set(MEDIA_TYPES) <= set(RECORDING_ENDINGS)
    assert len(set(RECORDING_ENDINGS)) == len(RECORDING_ENDINGS)
