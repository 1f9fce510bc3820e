"""The small values that engines and the steps of the pipeline hand to each other."""
