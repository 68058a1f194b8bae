"""One indicator over time and over reports: its figures in order, as a table or as a plot (`kg series`)."""
