"""The pages of the coded record: what left for the province, what was entered there, what came in from before."""
