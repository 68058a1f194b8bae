"""What people decided about a report, in the file `<id>.review.yaml` beside it, replayed at each build.

`record` reads the file; `names` and `decisions` apply its `entries` to the names of a report, and to its facts and numbers. A decision
that meets nothing in the report is an Issue of the kind "review"; a mistake in the file is a ReportError.
"""
