"""The picture of a phone's browser on its way to the ingest: one small process of its own.

`__main__` runs it, `app` answers requests, `takes` keeps at most one take for each session,
a `take` its chunks in order, and an `encoder` is the ffmpeg that sends them on. `permit` says who
may send.
"""
