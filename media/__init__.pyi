import asdelivered.base.span as _span

from .errors import MediaError as MediaError
from .recording import Recording as Recording
from .recording import open_recording as open_recording

TimeSpan = _span.TimeSpan
