import asdelivered.base.progress as _progress

from .aligner import align as align
from .document.alignment import AlignedLine as AlignedLine
from .document.alignment import AlignedWord as AlignedWord
from .document.alignment import Alignment as Alignment
from .document.alignment import Status as Status
from .document.alignment_json import load as load
from .document.alignment_json import save as save
from .document.pins import Pin as Pin
from .document.pins import read_pins as read_pins
from .document.quotes import Quote as Quote
from .document.quotes import find_quotes as find_quotes
from .document.quotes import index_alignment as index_alignment
from .errors import AlignError as AlignError

Observer = _progress.Observer
OnProgress = _progress.OnProgress
