"""Runs a batch of stand-in jobs in a process that may be killed: driver.py JOBS FOLDER WHERE."""

import sys
from pathlib import Path

from asdelivered.batch.batch import run_batch
from asdelivered.batch.cluster import dask
from asdelivered.batch.job import BatchSettings
from asdelivered.batch.jobs import read_jobs
from asdelivered.batch.process import Limits
from asdelivered.batch.runners import local

if __name__ == "__main__":
    place, folder, where = sys.argv[1:]
    print("ready", flush=True)
    settings = BatchSettings(Path(folder), ("--engine", "none"), "1", Limits(), program="stand_in")
    run_batch(read_jobs(place), settings, local(2) if where == "local" else dask(where, print))
