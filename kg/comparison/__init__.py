"""Two graphs compared: which facts and figures are new, gone, changed or the same, as text, JSON or a page (`kg diff`).

graph ─ sides.read ─► Side ┐
graph ─ sides.read ─► Side ┴ matching.compare ─► Comparison ─ lines / record / page ─► text, JSON, HTML
"""
