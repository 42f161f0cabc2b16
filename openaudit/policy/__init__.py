"""The gate: what a company accepts, as rules over finished reports, with waivers and a baseline.

Pure: policies are read here, but the date and the reports come in, and nothing is asked for.
"""
