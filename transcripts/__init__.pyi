from .errors import TranscriptError as TranscriptError
from .model import Line as Line
from .model import Transcript as Transcript
from .model import Turn as Turn
from .read import parse_transcript as parse_transcript
from .read import read_transcript as read_transcript
from .structure.corrections import Corrections as Corrections
from .structure.corrections import read_speakers as read_speakers
